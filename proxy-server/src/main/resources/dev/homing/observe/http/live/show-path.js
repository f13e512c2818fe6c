/** The picture of the two ways, the first hop that loses with its reason, and all their counters. */

import { byId, make, makeRow, makeTable, setClass, setRows, setText, setValue } from './dom.js';
import { bitsPerSecond, count, exact, perSecond, percent } from './numbers.js';
import { firstLoss, remedyFor } from './path.js';
import { fullest } from './recent.js';

const WAYS = { client: 'to-backends', backend: 'to-clients' };

/** What else is worth saying of a hop, beside its rates. */
const EXTRAS = {
  socket: ({ now }) =>
    full(fullest(now, 'homing_socket_queue_bytes', 'homing_socket_queue_limit_bytes', ['listener', 'thread'])),
  'answer-socket': ({ now }) =>
    full(fullest(now, 'homing_backend_ports_queue_bytes', 'homing_backend_ports_queue_limit_bytes', ['thread'])),
  receiver: (recent) => busy(recent, 'receiver'),
  queue: ({ now }) => {
    const waiting = now.sum('homing_handoff_queue_depth');
    return waiting === null ? 'none: shards receive' : `${count(waiting)} waiting`;
  },
  shard: (recent) => busy(recent, 'shard'),
  'answer-shard': (recent) => busy(recent, 'shard'),
  send: (recent) => batches(recent, 'backend'),
  'answer-send': (recent) => batches(recent, 'client'),
  backend: backends,
};

function full(found) {
  return found === null ? '' : `${percent(found.share)} full`;
}

function busy(recent, role) {
  const share = recent.busiest(role);
  return share === null ? '' : `${percent(share)} busy`;
}

function batches(recent, side) {
  const mean = recent.mean('homing_send_batch_datagrams', { side });
  return mean === null ? '' : `${count(mean)} a call`;
}

function backends({ now }) {
  const all = now.all('homing_backend_sessions').length;
  if (!now.has('homing_backend_state')) {
    return `${all} known`;
  }
  return `${now.sum('homing_backend_state', { state: 'active' }) ?? 0} of ${all} active`;
}

/** A station without counters: where datagrams come from or go to. */
function makeEnd(name, title, extra) {
  return make('li', `hop hop-${name} end`, make('div', 'box', make('p', 'hop-title', title), extra));
}

class HopPicture {
  constructor(hop) {
    this.passed = make('p', 'passed');
    this.extra = make('p', 'extra');
    this.lost = make('p', 'lost');
    const box = make('div', 'box', make('p', 'hop-title', hop.title), this.passed, this.extra);
    box.title = hop.sentence + (hop.ofMachine ? ' Counted for the whole machine.' : '');
    this.element = make('li', `hop hop-${hop.name}`, box, this.lost);
    setClass(this.element, 'of-machine', hop.ofMachine);
  }

  show(reading, recent, isFirst) {
    const { lost, seen, causes, passed, hop } = reading;
    const losesNow = lost > 0;
    const lostBefore = !losesNow && seen > 0;
    setText(this.passed, hop.passed.length === 0 ? '' : passed === null ? '–' : perSecond(passed));
    setText(this.extra, EXTRAS[hop.name]?.(recent) ?? '');
    setClass(this.element, 'loses', losesNow);
    setClass(this.element, 'lost-before', lostBefore);
    setClass(this.element, 'first', isFirst);
    if (causes.length === 0) {
      setText(this.lost, '');
    } else if (losesNow) {
      setText(this.lost, `${perSecond(lost)} lost`);
    } else if (lostBefore) {
      setText(this.lost, `${exact(seen)} lost before`);
    } else if (lost === null) {
      setText(this.lost, 'losses not known');
    } else {
      setText(this.lost, reading.usual > 0 ? `${perSecond(reading.usual)} as usual` : 'no loss');
    }
  }
}

class WayPicture {
  /** @param {string} backends how these are called */
  constructor(way, backends) {
    this.rates = make('p', 'way-rates');
    this.hops = way.hops.map((hop) => new HopPicture(hop));
    const stations = this.hops.map(({ element }) => element);
    this.sessions = make('p', 'extra');
    const clients = makeEnd('clients', 'Clients', this.sessions);
    if (way.from === 'client') {
      stations.unshift(clients);
    } else {
      stations.unshift(makeEnd('backend', backends, ''));
      stations.push(clients);
    }
    const list = make('ol', 'hops', ...stations);
    list.ariaLabel = `${way.title}, hop by hop`;
    this.element = make(
      'section',
      `way ${WAYS[way.from]}`,
      make('div', 'way-head', make('h3', '', way.title), this.rates),
      list,
    );
  }

  show(path, recent, first) {
    const toward = path.from === 'client' ? 'backend' : 'client';
    const inward = recent.rate('homing_datagrams_received_total', { side: path.from });
    const outward = recent.rate('homing_datagrams_sent_total', { side: toward });
    const bits = bitsPerSecond(recent.rate('homing_bytes_received_total', { side: path.from }));
    setText(
      this.rates,
      recent.isReady
        ? `in ${perSecond(inward) ?? '–'} (${bits ?? '–'}) · out ${perSecond(outward) ?? '–'} · lost ${perSecond(path.lost) ?? '–'}` +
            (path.usual > 0 ? ` · dropped as usual ${perSecond(path.usual)}` : '')
        : '',
    );
    const sessions = recent.now.sum('homing_sessions');
    setText(this.sessions, sessions === null || path.from === 'backend' ? '' : `${count(sessions)} sessions`);
    this.hops.forEach((picture, i) => picture.show(path.hops[i], recent, path.hops[i] === first));
  }
}

/** `metric label + label − label`: the counters that a loss is made of. */
function sourceOf(loss) {
  const term = ({ metric, labels }) =>
    [metric === loss.metric ? '' : metric, ...Object.values(labels)].filter((word) => word !== '').join(' ');
  return [
    [loss.metric, ...Object.values(loss.labels)].join(' '),
    ...loss.also.map((counter) => `+ ${term(counter)}`),
    ...loss.without.map((counter) => `− ${term(counter)}`),
  ].join(' ');
}

function nameOf({ hop }) {
  return hop.fullTitle;
}

export class PathView {
  #announced = null;

  constructor(reference) {
    const { title: backends } = reference.paths[0].hops.at(-1);
    this.ways = reference.paths.map((way) => new WayPicture(way, backends));
    byId('ways').replaceChildren(...this.ways.map(({ element }) => element));
    this.counters = makeTable(
      'Every counter of the path, in the order of the hops',
      ['Hop', 'What is counted', 'Now', 'Since opened', 'What helps'],
      ['', '', 'number', 'number', ''],
    );
    byId('path-counters').replaceChildren(this.counters.frame);
  }

  show(paths, recent) {
    const first = firstLoss(paths);
    this.ways.forEach((view, i) => view.show(paths[i], recent, first));
    this.#judge(paths, recent, first);
    if (byId('path-details').open) {
      this.#list(paths);
    }
  }

  #judge(paths, recent, first) {
    const verdict = byId('verdict');
    const hops = paths.flatMap((path) => path.hops);
    const losing = hops.filter((reading) => reading.lost > 0 && reading !== first);
    setClass(verdict, 'bad', first !== null);
    setClass(verdict, 'good', first === null && recent.isReady);
    byId('why').hidden = first === null;
    if (!recent.isReady) {
      setText(byId('verdict-title'), 'Looking');
      setText(byId('verdict-more'), 'Rates take two readings.');
      return;
    }
    if (first === null) {
      const unknown = [...new Set(hops.filter(({ causes, lost }) => causes.length > 0 && lost === null))];
      const seen = hops.reduce((sum, reading) => sum + (reading.seen ?? 0), 0);
      setText(byId('verdict-title'), unknown.length === 0 ? 'Nothing is lost' : 'No loss at the hops that are counted');
      setText(
        byId('verdict-more'),
        (seen > 0 ? `${exact(seen)} lost since this page was opened. ` : '') +
          (unknown.length > 0 ? `Not counted here: ${unknown.map(nameOf).join(', ')}.` : ''),
      );
      this.#announce('Nothing is lost.');
      return;
    }
    const { busy, remedy } = remedyFor(first, recent);
    setText(byId('verdict-title'), `First loss: ${nameOf(first)}, ${perSecond(first.lost)}`);
    setText(byId('verdict-more'), losing.length > 0 ? `Further on: ${losing.map((r) => `${nameOf(r)} ${perSecond(r.lost)}`).join(', ')}.` : '');
    setText(
      byId('why-what'),
      first.worst.loss.what +
        (busy === null ? '' : ` The busiest ${recent.threads(first.hop.thread)[0].thread.startsWith('recv') ? 'receiver' : 'shard'} is ${percent(busy)} busy.`) +
        (first.hop.ofMachine ? ' This counts for the whole machine.' : ''),
    );
    setText(byId('why-remedy'), remedy);
    this.#announce(`Datagrams are lost: first at ${nameOf(first)}.`);
  }

  /** Said by screen readers when it changes, and not with every new number. */
  #announce(text) {
    if (this.#announced !== text) {
      this.#announced = text;
      setText(byId('announcement'), text);
    }
  }

  #list(paths) {
    const counters = paths.flatMap((path) =>
      path.hops.flatMap((reading) => [
        ...reading.causes.map((cause) => ({ ...cause, reading, isSign: false })),
        ...reading.signs.map((cause) => ({ ...cause, reading, isSign: true })),
      ]),
    );
    setRows(
      this.counters.body,
      counters,
      ({ reading, loss }) => `${reading.way.from} ${reading.hop.name} ${loss.metric} ${Object.values(loss.labels)}`,
      ({ reading, loss, isSign }) => {
        const row = makeRow(nameOf(reading), ['', 'number', 'number', 'remedy']);
        row.cells[1].append(
          make('span', '', loss.what + (isSign ? ' No loss in itself.' : '')),
          make('code', 'source', sourceOf(loss)),
        );
        row.cells[4].append(loss.remedy);
        return row;
      },
      (row, { counted, rate, total, isSign }) => {
        setValue(row.cells[2], perSecond(counted));
        setValue(row.cells[3], exact(total));
        setClass(row, 'loses', !isSign && rate > 0);
      },
    );
  }
}
