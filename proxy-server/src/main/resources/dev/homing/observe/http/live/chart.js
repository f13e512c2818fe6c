/** A line chart of the last five minutes: SVG, drawn anew at each reading, kept in the page. */

import { make, setText } from './dom.js';

const SPAN_MS = 5 * 60_000;
const GAP_MS = 3500;
const WIDTH = 600;
const HEIGHT = 120;
const SVG = 'http://www.w3.org/2000/svg';

function svg(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  return element;
}

/** The next 1, 2 or 5 times a power of ten, so that the scale changes rarely. */
function roundedUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value * 0.999);
}

export class Chart {
  #points = [];
  #lines;
  #values;
  #top = make('span', 'chart-top');

  /**
   * @param {string[]} names of the lines
   * @param {(value: number | null) => string | null} format
   * @param {number} least the top of the scale is never below this
   * @param {number} most nor above this
   */
  constructor(title, names, format, least, most = Infinity) {
    this.title = title;
    this.names = names;
    this.format = format;
    this.least = least;
    this.most = most;
    this.#lines = names.map((_, i) => svg('path', { class: `line line-${i}` }));
    this.#values = names.map(() => make('span', 'chart-value'));
    const picture = svg('svg', {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
    });
    for (const share of [0.25, 0.5, 0.75]) {
      picture.append(svg('path', { class: 'grid', d: `M0 ${HEIGHT * share}H${WIDTH}` }));
    }
    picture.append(...this.#lines);
    const legend = make(
      'ul',
      'legend',
      ...names.map((name, i) => make('li', '', make('span', `key key-${i}`), `${name} `, this.#values[i])),
    );
    this.element = make(
      'figure',
      'chart',
      make('figcaption', '', title),
      make('div', 'plot', picture, this.#top),
      make('div', 'axis', make('span', '', '5 min ago'), make('span', '', 'now')),
      legend,
    );
  }

  /** @param {(number | null)[]} values one for each line */
  add(atMs, values) {
    this.#points.push({ atMs, values });
    while (atMs - this.#points[0].atMs > SPAN_MS) {
      this.#points.shift();
    }
    this.#draw(atMs);
  }

  #draw(nowMs) {
    const all = this.#points.flatMap(({ values }) => values.filter((value) => value !== null));
    const top = Math.min(this.most, roundedUp(Math.max(...all, this.least)));
    setText(this.#top, this.format(top));
    this.#lines.forEach((line, i) => {
      line.setAttribute('d', this.#course(i, nowMs, top));
      setText(this.#values[i], this.format(this.#points.at(-1).values[i]) ?? 'not known');
    });
  }

  /** The line's path; it is broken where nothing was read. */
  #course(index, nowMs, top) {
    let course = '';
    let lastMs = -Infinity;
    for (const { atMs, values } of this.#points) {
      const value = values[index];
      if (value === null) {
        continue;
      }
      const x = WIDTH * (1 - (nowMs - atMs) / SPAN_MS);
      const y = HEIGHT - 1 - (HEIGHT - 2) * Math.min(1, value / top);
      course += `${atMs - lastMs > GAP_MS ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
      lastMs = atMs;
    }
    return course;
  }
}
