/** Receivers and shards with their busy share, and the queues between them. */

import { byId, makeRow, makeTable, setBar, setRows, setText, setValue } from './dom.js';
import { count, perSecond, percent } from './numbers.js';
import { fullest } from './recent.js';
import { inOrder } from './samples.js';

/** More than this do not fit on a screen: then only the fullest are shown. */
const MATRIX_MOST = 16;

const CLASSES = ['', 'meter', 'number', 'number', 'number', 'number', 'meter'];

function socketOf(now, thread) {
  const own = (metric) => now.all(metric, { thread });
  const ofSide = (used, most) => {
    const pairs = own(used).map((series) => [
      series.value,
      own(most).find(({ labels }) => labels.listener === series.labels.listener)?.value,
    ]);
    const shares = pairs.filter(([, limit]) => limit > 0).map(([value, limit]) => value / limit);
    return shares.length === 0 ? null : Math.max(...shares);
  };
  const known = [
    ofSide('homing_socket_queue_bytes', 'homing_socket_queue_limit_bytes'),
    ofSide('homing_backend_ports_queue_bytes', 'homing_backend_ports_queue_limit_bytes'),
  ].filter((share) => share !== null);
  return known.length === 0 ? null : Math.max(...known);
}

export class ThreadsView {
  constructor() {
    this.threads = makeTable(
      'Threads by name, with what each does now',
      ['Thread', 'Busy', 'Waiting for a CPU', 'Received', 'Sent', 'Dropped', 'Fullest socket'],
      CLASSES,
    );
    byId('threads-table').replaceChildren(this.threads.frame);
    this.queues = null;
  }

  show(recent) {
    const names = new Set([
      ...recent.threads('receiver').map(({ thread }) => thread),
      ...recent.threads('shard').map(({ thread }) => thread),
    ]);
    byId('no-threads').hidden = names.size > 0;
    this.threads.frame.hidden = names.size === 0;
    setRows(
      this.threads.body,
      [...names],
      (name) => name,
      (name) => makeRow(name, CLASSES.slice(1)),
      (row, thread) => this.#fill(row, thread, recent),
    );
    this.#showQueues(recent.now);
  }

  #fill(row, thread, recent) {
    const [, busy, waiting, received, sent, dropped, socket] = row.cells;
    const share = recent.rate('homing_thread_cpu_seconds_total', { thread });
    const fill = socketOf(recent.now, thread);
    setBar(busy, share, percent(share), 0.85);
    setValue(waiting, percent(recent.rate('homing_thread_runnable_seconds_total', { thread })));
    setValue(received, perSecond(recent.rate('homing_thread_received_datagrams_total', { thread })));
    setValue(sent, perSecond(recent.rate('homing_thread_sent_datagrams_total', { thread })));
    setValue(dropped, perSecond(recent.rate('homing_thread_dropped_datagrams_total', { thread })));
    setBar(socket, fill, percent(fill));
  }

  #showQueues(now) {
    const depths = now.all('homing_handoff_queue_depth');
    byId('no-queues').hidden = depths.length > 0;
    const place = byId('queues-table');
    place.hidden = depths.length === 0;
    byId('queues-summary').hidden = depths.length === 0;
    if (depths.length === 0) {
      return;
    }
    const receivers = now.labelValues('homing_handoff_queue_depth', 'receiver');
    const shards = now.labelValues('homing_handoff_queue_depth', 'shard');
    const shape = `${receivers} | ${shards}`;
    const isMatrix = receivers.length <= MATRIX_MOST && shards.length <= MATRIX_MOST;
    if (this.queues?.shape !== shape) {
      this.queues = isMatrix ? new QueueMatrix(receivers, shards) : new FullestQueues(depths.length);
      this.queues.shape = shape;
      place.replaceChildren(this.queues.frame);
    }
    this.queues.show(now);
    const fullestNow = fullest(now, 'homing_handoff_queue_depth', 'homing_handoff_queue_capacity', ['receiver', 'shard']);
    const fullestBefore = fullest(now, 'homing_handoff_queue_high_water', 'homing_handoff_queue_capacity', ['receiver', 'shard']);
    setText(
      byId('queues-summary'),
      fullestNow === null
        ? ''
        : `The fullest holds ${count(fullestNow.used)} of ${count(fullestNow.most)} datagrams` +
            (fullestBefore === null ? '.' : `; at most ${count(fullestBefore.used)} in the last two minutes.`),
    );
  }
}

function readQueues(now) {
  const key = ({ labels }) => `${labels.receiver} ${labels.shard}`;
  const of = (metric) => new Map(now.all(metric).map((series) => [key(series), series.value]));
  const capacities = of('homing_handoff_queue_capacity');
  const highs = of('homing_handoff_queue_high_water');
  return now.all('homing_handoff_queue_depth').map((series) => ({
    receiver: series.labels.receiver,
    shard: series.labels.shard,
    depth: series.value,
    high: highs.get(key(series)) ?? null,
    capacity: capacities.get(key(series)) ?? null,
  }));
}

function fill(cell, queue) {
  const share = queue?.capacity > 0 ? queue.depth / queue.capacity : null;
  setBar(cell, share, queue === undefined ? null : count(queue.depth), 0.5);
}

/** A row for each receiver, a column for each shard. */
class QueueMatrix {
  constructor(receivers, shards) {
    const classes = shards.map(() => 'meter');
    const { frame, body } = makeTable('Datagrams waiting in each queue', ['From', ...shards.map((shard) => `to ${shard}`)], ['', ...classes]);
    this.frame = frame;
    this.body = body;
    this.receivers = receivers;
    this.shards = shards;
    this.classes = classes;
  }

  show(now) {
    const queues = new Map(readQueues(now).map((queue) => [`${queue.receiver} ${queue.shard}`, queue]));
    setRows(
      this.body,
      this.receivers,
      (receiver) => receiver,
      (receiver) => makeRow(receiver, this.classes),
      (row, receiver) =>
        this.shards.forEach((shard, i) => {
          const queue = queues.get(`${receiver} ${shard}`);
          // A shard that receives for itself has no queue to itself.
          if (queue === undefined) {
            setText(row.cells[i + 1], '');
          } else {
            fill(row.cells[i + 1], queue);
          }
        }),
    );
  }
}

class FullestQueues {
  constructor(all) {
    const { frame, body } = makeTable(`The fullest ${MATRIX_MOST} of ${all} queues`, ['From and to', 'Waiting', 'Most lately'], ['', 'meter', 'number']);
    this.frame = frame;
    this.body = body;
  }

  show(now) {
    const name = ({ receiver, shard }) => `${receiver} to ${shard}`;
    const most = readQueues(now)
      .sort((a, b) => b.depth - a.depth || (b.high ?? 0) - (a.high ?? 0) || inOrder(name(a), name(b)))
      .slice(0, MATRIX_MOST);
    setRows(
      this.body,
      most,
      name,
      (queue) => makeRow(name(queue), ['meter', 'number']),
      (row, queue) => {
        fill(row.cells[1], queue);
        setValue(row.cells[2], count(queue.high));
      },
    );
  }
}
