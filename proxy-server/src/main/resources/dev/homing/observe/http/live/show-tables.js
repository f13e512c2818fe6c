/** Backends, drop reasons, ways of routing, and events. */

import { byId, make, makeRow, makeTable, setBar, setClass, setRows, setText, setValue } from './dom.js';
import { count, exact, perSecond, percent } from './numbers.js';
import { inOrder } from './samples.js';

const DROPPED = 'homing_datagrams_dropped_total';

export class BackendsView {
  constructor() {
    this.table = makeTable(
      'Backends',
      ['Backend', 'State', 'Sessions', 'Pool', 'Address', 'Weight'],
      ['', '', 'meter', '', '', 'number'],
    );
    byId('backends-table').replaceChildren(this.table.frame);
  }

  /** @param {object | null} configuration as in `/config.json` */
  show({ now }, configuration) {
    const known = new Map(
      Object.entries(configuration?.pools ?? {}).flatMap(([pool, { backends }]) =>
        backends.map((backend) => [backend.name, { ...backend, pool }]),
      ),
    );
    const backends = now
      .all('homing_backend_sessions')
      .map(({ labels, value }) => ({ name: labels.backend, sessions: value, ...known.get(labels.backend) }))
      .sort((a, b) => inOrder(a.name, b.name));
    const all = backends.reduce((sum, { sessions }) => sum + sessions, 0);
    setText(
      byId('backends-summary'),
      `${exact(backends.length)} with ${exact(all)} sessions. State and weight are as configured.`,
    );
    setRows(
      this.table.body,
      backends,
      ({ name }) => name,
      ({ name }) => makeRow(name, ['', 'meter', '', '', 'number']),
      (row, backend) => {
        const [, state, sessions, pool, address, weight] = row.cells;
        const states = now.all('homing_backend_state', { backend: backend.name }).filter(({ value }) => value === 1);
        const named = states[0]?.labels.state ?? backend.state ?? null;
        setValue(state, named);
        setClass(state, 'calm', named === 'active');
        setClass(state, 'notable', named !== null && named !== 'active');
        setBar(sessions, all === 0 ? 0 : backend.sessions / all, exact(backend.sessions), 2);
        setValue(pool, backend.pool ?? null);
        setValue(address, backend.address ?? null);
        setValue(weight, backend.weight === undefined ? null : String(backend.weight));
      },
    );
  }
}

export class DropsView {
  constructor(reference) {
    this.titles = new Map(reference.paths.flatMap(({ hops }) => hops.map(({ name, title }) => [name, title])));
    this.reasons = reference.reasons;
    const headings = ['Reason', 'Where', 'From clients', 'From backends', 'Since start', 'What it means, and what helps'];
    const classes = ['', '', 'number', 'number', 'number', ''];
    this.dropped = makeTable('Reasons that dropped datagrams', headings, classes);
    this.others = makeTable('Reasons that dropped nothing', headings, classes);
    byId('drops-table').replaceChildren(this.dropped.frame);
    byId('other-drops-table').replaceChildren(this.others.frame);
  }

  show(recent) {
    const read = this.reasons.map((reason) => {
      const of = (side) => recent.rate(DROPPED, { side, reason: reason.reason });
      const total = recent.now.sum(DROPPED, { reason: reason.reason });
      return { reason, fromClients: of('client'), fromBackends: of('backend'), total };
    });
    const rate = (drop) => (drop.fromClients ?? 0) + (drop.fromBackends ?? 0);
    const dropped = read.filter(({ total }) => total > 0).sort((a, b) => rate(b) - rate(a) || b.total - a.total);
    const others = read.filter(({ total }) => !(total > 0));
    byId('no-drops').hidden = dropped.length > 0;
    this.dropped.frame.hidden = dropped.length === 0;
    byId('other-drops').hidden = others.length === 0;
    setText(byId('other-drops-title'), `${others.length} reasons that dropped nothing since start`);
    this.#fill(this.dropped.body, dropped);
    this.#fill(this.others.body, others);
  }

  #fill(body, drops) {
    setRows(
      body,
      drops,
      ({ reason }) => reason.reason,
      ({ reason }) => {
        const row = makeRow('', ['', 'number', 'number', 'number', 'remedy']);
        row.cells[0].append(make('code', '', reason.reason));
        row.cells[1].append([...new Set(Object.values(reason.hop).map((hop) => this.titles.get(hop) ?? hop))].join(', '));
        row.cells[5].append(make('span', '', reason.sentence), make('span', 'helps', reason.remedy));
        return row;
      },
      (row, { fromClients, fromBackends, total }) => {
        setValue(row.cells[2], perSecond(fromClients));
        setValue(row.cells[3], perSecond(fromBackends));
        setValue(row.cells[4], exact(total));
        setClass(row, 'drops', fromClients > 0 || fromBackends > 0);
      },
    );
  }
}

export class RoutingView {
  constructor(reference) {
    this.methods = reference.methods;
    this.events = reference.events;
    this.table = makeTable('How backends were found', ['Method', 'Share', 'Now', 'Since start', 'Meaning'], ['', 'meter', 'number', 'number', '']);
    this.unread = makeTable(
      'Connection IDs that a scheme could not read',
      ['Listener', 'Configuration', 'Why', 'Now', 'Since start'],
      ['', '', '', 'number', 'number'],
    );
    this.happened = makeTable('Events', ['Event', 'Now', 'Since start', 'Meaning'], ['', 'number', 'number', '']);
    byId('routing-table').replaceChildren(this.table.frame);
    byId('unread-table').replaceChildren(this.unread.frame);
    byId('events-table').replaceChildren(this.happened.frame);
  }

  show(recent) {
    const rateOf = ({ method }) => recent.rate('homing_routed_total', { method });
    const all = this.methods.reduce((sum, method) => sum + (rateOf(method) ?? 0), 0);
    setRows(
      this.table.body,
      this.methods,
      ({ method }) => method,
      ({ method, sentence }) => {
        const row = makeRow(method, ['meter', 'number', 'number', 'remedy']);
        row.cells[4].append(sentence);
        return row;
      },
      (row, method) => {
        const rate = rateOf(method);
        const share = rate === null || all === 0 ? null : rate / all;
        setBar(row.cells[1], share, all === 0 ? '0' : percent(share), 2);
        setValue(row.cells[2], perSecond(rate));
        setValue(row.cells[3], exact(recent.now.sum('homing_routed_total', { method: method.method })));
      },
    );
    this.#showUnread(recent);
    this.#showEvents(recent);
    const kinds = recent.now.labelValues('homing_flow_migrations_total', 'kind');
    setText(
      byId('migrations'),
      kinds.length === 0
        ? ''
        : `Clients that moved: ${kinds
            .map((kind) => {
              const labels = { kind };
              const rate = perSecond(recent.rate('homing_flow_migrations_total', labels)) ?? '–';
              return `${exact(recent.now.sum('homing_flow_migrations_total', labels))} to another ${kind} (${rate} now)`;
            })
            .join(', ')}.`,
    );
  }

  #showUnread(recent) {
    const unread = recent.now.all('homing_connection_id_undecodable_total').filter(({ value }) => value > 0);
    this.unread.frame.hidden = unread.length === 0;
    setRows(
      this.unread.body,
      unread,
      ({ key }) => key,
      ({ labels }) => {
        const row = makeRow(labels.listener ?? '', ['', '', 'number', 'number']);
        row.cells[1].append(labels.configuration ?? '');
        row.cells[2].append(labels.reason ?? '');
        return row;
      },
      (row, series) => {
        setValue(row.cells[3], perSecond(recent.rateOf(series)));
        setValue(row.cells[4], count(series.value));
      },
    );
  }

  #showEvents(recent) {
    setRows(
      this.happened.body,
      this.events,
      ({ event }) => event,
      ({ event, sentence }) => {
        const row = makeRow(event, ['number', 'number', 'remedy']);
        row.cells[3].append(sentence);
        return row;
      },
      (row, { event }) => {
        setValue(row.cells[1], perSecond(recent.rate('homing_events_total', { event })));
        setValue(row.cells[2], exact(recent.now.sum('homing_events_total', { event })));
      },
    );
  }
}
