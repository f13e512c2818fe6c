/**
 * What passes and what is lost at each hop of the two ways. Which counters say that, and what a
 * loss means, comes from `/reference.json`.
 */

/** Busy enough that a longer queue before the thread cannot help. */
const BUSY = 0.85;

function rateOfLoss(loss, recent) {
  const rate = recent.rate(loss.metric, loss.labels);
  return rate !== null && rate < loss.ignoredBelow ? 0 : rate;
}

function sumOfKnown(values) {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

function readCause(loss, recent) {
  const seen = recent.sinceOpened(loss.metric, loss.labels);
  const rate = rateOfLoss(loss, recent);
  // A counter that also counts what was never for us says something only while it grows fast.
  return { loss, rate, seen: loss.ignoredBelow > 0 && rate === 0 ? 0 : seen };
}

function readHop(way, hop, recent) {
  const causes = hop.losses.map((loss) => readCause(loss, recent));
  return {
    way,
    hop,
    passed: sumOfKnown(hop.passed.map(({ metric, labels }) => recent.rate(metric, labels))),
    lost: sumOfKnown(causes.map(({ rate }) => rate)),
    seen: sumOfKnown(causes.map(({ seen }) => seen)),
    causes,
    signs: hop.signs.map((sign) => readCause(sign, recent)),
    worst: causes.reduce((worst, cause) => ((cause.rate ?? 0) > (worst?.rate ?? 0) ? cause : worst), null),
  };
}

/** @returns {{title: string, from: string, hops: object[], lost: number | null}[]} */
export function readPaths(reference, recent) {
  return reference.paths.map((way) => {
    const hops = way.hops.map((hop) => readHop(way, hop, recent));
    return { title: way.title, from: way.from, hops, lost: sumOfKnown(hops.map(({ lost }) => lost)) };
  });
}

/** The first hop that loses now, in the order of the ways; null if there is none. */
export function firstLoss(paths) {
  for (const path of paths) {
    const losing = path.hops.find(({ lost }) => lost > 0);
    if (losing !== undefined) {
      return losing;
    }
  }
  return null;
}

/** What to do about the worst cause at a hop, given how busy the thread is that takes over there. */
export function remedyFor(reading, recent) {
  const { loss } = reading.worst;
  const busy = reading.hop.thread === '' ? null : recent.busiest(reading.hop.thread);
  const isBusy = busy !== null && busy >= BUSY;
  return { busy, remedy: isBusy && loss.remedyWhenBusy !== '' ? loss.remedyWhenBusy : loss.remedy };
}
