/**
 * What `/metrics` said at one moment, in the Prometheus text format 0.0.4
 * (https://prometheus.io/docs/instrumenting/exposition_formats/).
 */

const LINE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(\{.*\})?\s+(\S+)(?:\s+[+-]?\d+)?$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\]|\\.)*)"/g;
const ESCAPES = { n: '\n', '\\': '\\', '"': '"' };

function labelsOf(text) {
  const labels = {};
  for (const [, name, value] of text.matchAll(LABEL)) {
    labels[name] = value.replace(/\\(.)/g, (whole, c) => ESCAPES[c] ?? whole);
  }
  return labels;
}

function valueOf(word) {
  switch (word) {
    case '+Inf':
    case 'Inf':
      return Infinity;
    case '-Inf':
      return -Infinity;
    default:
      return Number(word);
  }
}

function carries(series, labels) {
  for (const name in labels) {
    if ((series.labels[name] ?? '') !== labels[name]) {
      return false;
    }
  }
  return true;
}

/** One reading. Every method that takes labels also takes series that have others besides. */
export class Samples {
  #byName = new Map();
  #byKey = new Map();

  /**
   * @param {string} text
   * @param {number} atMs when it was read, on the clock of performance.now()
   */
  constructor(text, atMs) {
    this.atMs = atMs;
    for (const line of text.split('\n')) {
      if (line === '' || line.startsWith('#')) {
        continue;
      }
      const match = LINE.exec(line);
      if (match === null) {
        throw new Error(`not Prometheus text: ${line.slice(0, 80)}`);
      }
      const [, name, labelText, word] = match;
      const value = valueOf(word);
      if (Number.isNaN(value)) {
        continue;
      }
      const key = name + (labelText ?? '');
      const series = { name, key, labels: labelText === undefined ? {} : labelsOf(labelText), value };
      this.#byKey.set(key, series);
      if (!this.#byName.has(name)) {
        this.#byName.set(name, []);
      }
      this.#byName.get(name).push(series);
    }
  }

  all(name, labels = {}) {
    return (this.#byName.get(name) ?? []).filter((series) => carries(series, labels));
  }

  has(name, labels = {}) {
    return this.all(name, labels).length > 0;
  }

  /** The same series in this reading, or undefined. */
  twin(series) {
    return this.#byKey.get(series.key);
  }

  /**
   * From an earlier reading to this one, by the instance's own clock, since an answer may come late; by the page's where it
   * tells no time.
   */
  secondsSince(earlier) {
    const uptime = 'process_uptime_seconds';
    const own = this.has(uptime) && earlier.has(uptime) ? this.sum(uptime) - earlier.sum(uptime) : 0;
    return own > 0 ? own : (this.atMs - earlier.atMs) / 1000;
  }

  /** Of all such series; null if there is none: what is not there is not 0. */
  sum(name, labels = {}) {
    const found = this.all(name, labels);
    return found.length === 0 ? null : found.reduce((sum, series) => sum + series.value, 0);
  }

  max(name, labels = {}) {
    const found = this.all(name, labels);
    return found.length === 0 ? null : Math.max(...found.map((series) => series.value));
  }

  /** The different values of a label, sorted as people do: recv-2 before recv-10. */
  labelValues(name, label) {
    const values = new Set(this.all(name).map((series) => series.labels[label] ?? ''));
    return [...values].sort(inOrder);
  }
}

const collator = new Intl.Collator('en', { numeric: true });

export function inOrder(a, b) {
  return collator.compare(a, b);
}
