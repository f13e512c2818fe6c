/**
 * The readings of the last seconds, and what grew in that time. All rates of the page are averages
 * over this window, so that numbers can be read before they change.
 */

const WINDOW_MS = 5000;

function grown(series, earlier) {
  const difference = series.value - earlier.value;
  return difference < 0 ? series.value : difference;
}

/** How much counters grew between two readings; a series that is new is not counted. */
function increase(before, after, name, labels) {
  const found = after.all(name, labels);
  if (found.length === 0) {
    return null;
  }
  let sum = 0;
  for (const series of found) {
    const earlier = before.twin(series);
    if (earlier !== undefined) {
      sum += grown(series, earlier);
    }
  }
  return sum;
}

export class Recent {
  #readings = [];
  #first = null;

  /** @returns {boolean} whether the instance is another process than before */
  add(samples) {
    const isRestarted = this.#isRestarted(samples);
    if (isRestarted) {
      this.#readings = [];
      this.#first = null;
    }
    this.#first ??= samples;
    this.#readings.push(samples);
    while (this.#readings.length > 2 && samples.atMs - this.#readings[0].atMs > WINDOW_MS + 500) {
      this.#readings.shift();
    }
    return isRestarted;
  }

  #isRestarted(samples) {
    const start = this.#first?.sum('process_start_time_seconds') ?? null;
    const startNow = samples.sum('process_start_time_seconds');
    // Java computes its start from two clocks, and they drift.
    return start !== null && startNow !== null && Math.abs(start - startNow) > 1;
  }

  get now() {
    return this.#readings.at(-1);
  }

  /** Whether there are two readings to compare. */
  get isReady() {
    return this.#readings.length > 1;
  }

  get #before() {
    return this.#readings[0];
  }

  get #seconds() {
    return this.now.secondsSince(this.#before);
  }

  /** Per second; null if nobody knows. */
  rate(name, labels = {}) {
    if (!this.isReady) {
      return null;
    }
    const growth = increase(this.#before, this.now, name, labels);
    return growth === null ? null : growth / this.#seconds;
  }

  /** Per second between the last two readings, for charts. */
  lastRate(name, labels = {}) {
    const before = this.#readings.at(-2);
    if (before === undefined) {
      return null;
    }
    const growth = increase(before, this.now, name, labels);
    return growth === null ? null : growth / this.now.secondsSince(before);
  }

  /** Since this page was opened, or the instance started; null if nobody knows. */
  sinceOpened(name, labels = {}) {
    return increase(this.#first, this.now, name, labels);
  }

  /** Of one series. */
  rateOf(series) {
    const earlier = this.isReady ? this.#before.twin(series) : undefined;
    return earlier === undefined ? null : grown(series, earlier) / this.#seconds;
  }

  /** The mean of what a histogram took in during the window; null if that is nothing. */
  mean(name, labels = {}) {
    const sum = this.rate(`${name}_sum`, labels);
    const count = this.rate(`${name}_count`, labels);
    return sum === null || !count ? null : sum / count;
  }

  /**
   * Estimated as Prometheus does: values lie evenly in their bucket, and what is above the last
   * finite bound counts as that bound.
   */
  quantile(share, name, labels = {}) {
    const counts = new Map();
    for (const series of this.now.all(`${name}_bucket`, labels)) {
      const bound = series.labels.le === '+Inf' ? Infinity : Number(series.labels.le);
      counts.set(bound, (counts.get(bound) ?? 0) + (this.rateOf(series) ?? 0));
    }
    const buckets = [...counts].sort(([a], [b]) => a - b);
    const wanted = share * (buckets.at(-1)?.[1] ?? 0);
    let [lower, below] = [0, 0];
    for (const [bound, upTo] of buckets) {
      if (upTo >= wanted && upTo > below) {
        return bound === Infinity ? lower : lower + ((bound - lower) * (wanted - below)) / (upTo - below);
      }
      [lower, below] = [bound, upTo];
    }
    return null;
  }

  /**
   * Threads by what they do, in order, with the share of the time that each was on a CPU. Where
   * there are no receivers, the shards receive for themselves.
   */
  threads(role) {
    const cpu = 'homing_thread_cpu_seconds_total';
    const names = this.now.labelValues(cpu, 'thread');
    const receivers = names.filter((name) => name.startsWith('recv'));
    const shards = names.filter((name) => name.startsWith('shard'));
    const wanted = role === 'shard' || receivers.length === 0 ? shards : receivers;
    return wanted.map((thread) => ({ thread, busy: this.rate(cpu, { thread }) }));
  }

  /** The greatest busy share among them; null if nobody knows. */
  busiest(role) {
    const known = this.threads(role).filter(({ busy }) => busy !== null);
    return known.length === 0 ? null : Math.max(...known.map(({ busy }) => busy));
  }
}

/**
 * How full the fullest is, from 0 to 1: each series of one metric against its twin of another.
 *
 * @returns {{share: number, used: number, most: number, labels: object} | null}
 */
export function fullest(samples, used, most, names) {
  const limits = new Map(
    samples.all(most).map((limit) => [names.map((name) => limit.labels[name] ?? '').join('\n'), limit.value]),
  );
  let found = null;
  for (const series of samples.all(used)) {
    const limit = limits.get(names.map((name) => series.labels[name] ?? '').join('\n'));
    if (limit > 0 && (found === null || series.value / limit > found.share)) {
      found = { share: series.value / limit, used: series.value, most: limit, labels: series.labels };
    }
  }
  return found;
}
