/**
 * What passes and what is lost at each hop of the two ways. Which counters say that, and what a
 * loss means, comes from `/reference.json`.
 */

/** Busy enough that a longer queue before the thread cannot help. */
const BUSY = 0.85;

function sumOfKnown(values) {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** What one counter says, or what is left of it when others have had their part; null if nobody knows. */
function counts(loss, read) {
  const sum = (counters) => counters.reduce((all, { metric, labels }) => all + (read(metric, labels) ?? 0), 0);
  const counted = read(loss.metric, loss.labels);
  return counted === null ? null : Math.max(0, counted + sum(loss.also) - sum(loss.without));
}

/**
 * @param {number} received datagrams a second that came in on the way
 * @param {number} passed those that passed the hop
 */
function readCause(loss, recent, received, passed) {
  const counted = counts(loss, (metric, labels) => recent.rate(metric, labels));
  const seen = counts(loss, (metric, labels) => recent.sinceOpened(metric, labels));
  const usualBelow = Math.max(loss.usualBelow, loss.usualShare * received, loss.usualShareOfPassed * passed);
  // What strangers and healthy traffic bring with them is no loss until it is much.
  const isUsual = counted !== null && counted < usualBelow;
  return {
    loss,
    counted,
    rate: isUsual ? 0 : counted,
    usual: isUsual ? counted : 0,
    total: seen,
    seen: usualBelow > 0 && isUsual ? 0 : seen,
  };
}

function readHop(way, hop, recent) {
  const received = recent.rate('homing_datagrams_received_total', { side: way.from }) ?? 0;
  const passed = sumOfKnown(hop.passed.map(({ metric, labels }) => recent.rate(metric, labels)));
  const causes = hop.losses.map((loss) => readCause(loss, recent, received, passed ?? 0));
  return {
    way,
    hop,
    passed,
    lost: sumOfKnown(causes.map(({ rate }) => rate)),
    seen: sumOfKnown(causes.map(({ seen }) => seen)),
    usual: sumOfKnown(causes.map(({ usual }) => usual)) ?? 0,
    causes,
    signs: hop.signs.map((sign) => readCause(sign, recent, 0, 0)),
    worst: causes.reduce((worst, cause) => ((cause.rate ?? 0) > (worst?.rate ?? 0) ? cause : worst), null),
  };
}

/** @returns {{title: string, from: string, hops: object[], lost: number | null, usual: number}[]} */
export function readPaths(reference, recent) {
  return reference.paths.map((way) => {
    const hops = way.hops.map((hop) => readHop(way, hop, recent));
    return {
      title: way.title,
      from: way.from,
      hops,
      lost: sumOfKnown(hops.map(({ lost }) => lost)),
      usual: hops.reduce((sum, { usual }) => sum + usual, 0),
    };
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
  const busy = loss.remedyWhenBusy === '' ? null : recent.busiest(reading.hop.thread);
  return { busy, remedy: busy !== null && busy >= BUSY ? loss.remedyWhenBusy : loss.remedy };
}
