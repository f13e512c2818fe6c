/** How much is used of what is bounded, and what the machine does. */

import { byId, makeRow, makeTable, setBar, setRows, setValue } from './dom.js';
import { bytes, exact, percent } from './numbers.js';
import { fullest } from './recent.js';

/** @returns {{name, used, most, text?: (value: number) => string, helps: string}[]} */
function limits({ now }) {
  const sum = (name, labels) => now.sum(name, labels);
  const socket = fullest(now, 'homing_socket_queue_bytes', 'homing_socket_queue_limit_bytes', ['listener', 'thread']);
  const port = fullest(now, 'homing_backend_ports_queue_bytes', 'homing_backend_ports_queue_limit_bytes', ['thread']);
  return [
    { name: 'Sessions', used: sum('homing_sessions'), most: sum('homing_sessions_max'), helps: 'sessions.max' },
    {
      name: 'Half-open sessions',
      used: sum('homing_sessions', { state: 'half_open' }),
      most: sum('homing_sessions_half_open_max'),
      helps: 'sessions.half-open-max',
    },
    { name: 'Connection IDs', used: sum('homing_connection_ids'), most: sum('homing_connection_ids_max'), helps: 'connection-ids.max' },
    {
      name: 'Ports toward backends',
      used: sum('homing_backend_ports'),
      most: sum('homing_backend_ports_max'),
      helps: 'sockets.backend-ports-max, sockets.source-addresses, ulimit -n',
    },
    { name: 'Open files', used: sum('process_files_open_files'), most: sum('process_files_max_files'), helps: 'ulimit -n' },
    { name: 'Fullest listening socket', used: socket?.used ?? null, most: socket?.most ?? null, text: bytes, helps: 'sockets.receive-buffer' },
    { name: 'Fullest port toward backends', used: port?.used ?? null, most: port?.most ?? null, text: bytes, helps: 'sockets.receive-buffer' },
    {
      name: 'Connection tracking of the machine',
      used: sum('homing_machine_conntrack_entries'),
      most: sum('homing_machine_conntrack_max'),
      helps: 'notrack for Homing, net.netfilter.nf_conntrack_max',
    },
    {
      name: "The machine's memory for UDP (pages)",
      used: sum('homing_machine_udp_memory_pages'),
      most: sum('homing_machine_udp_memory_limit_pages', { level: 'max' }),
      helps: 'net.ipv4.udp_mem',
    },
    {
      name: 'Heap of the JVM',
      used: sum('jvm_memory_used_bytes', { area: 'heap' }),
      most: heapMost(now),
      text: bytes,
      helps: '-Xmx in HOMING_JAVA_OPTS',
    },
  ];
}

/** A pool without a bound says -1. */
function heapMost(now) {
  const bounds = now.all('jvm_memory_max_bytes', { area: 'heap' }).filter(({ value }) => value > 0);
  return bounds.length === 0 ? null : bounds.reduce((sum, { value }) => sum + value, 0);
}

function cpuShares(recent) {
  const cpu = 'homing_machine_cpu_seconds_total';
  const cpus = recent.now.sum('homing_machine_cpus');
  return recent.now.labelValues(cpu, 'mode').map((mode) => {
    const rate = recent.rate(cpu, { mode });
    return { mode, share: rate === null || !cpus ? null : rate / cpus };
  });
}

export class LimitsView {
  constructor() {
    this.table = makeTable('What is bounded', ['Of', 'Used', 'At most', 'Share', 'Where it is set'], ['', 'number', 'number', 'meter', '']);
    this.cpu = makeTable("What the machine's CPUs do", ['Mode', 'Share of all CPUs'], ['', 'meter']);
    byId('limits-table').replaceChildren(this.table.frame);
    byId('cpu-table').replaceChildren(this.cpu.frame);
  }

  show(recent) {
    setRows(
      this.table.body,
      // What has no counter at all is not there: no connection tracking, or a container hides it.
      limits(recent).filter(({ used }) => used !== null),
      ({ name }) => name,
      ({ name, helps }) => {
        const row = makeRow(name, ['number', 'number', 'meter', 'remedy']);
        row.cells[4].append(helps);
        return row;
      },
      (row, { used, most, text = exact }) => {
        const share = most > 0 ? used / most : null;
        setValue(row.cells[1], text(used));
        setValue(row.cells[2], text(most));
        setBar(row.cells[3], share, percent(share));
      },
    );
    const shares = cpuShares(recent);
    const throttled = recent.rate('homing_machine_cgroup_throttled_seconds_total');
    if (throttled !== null) {
      shares.push({ mode: 'throttled by the cgroup', share: throttled });
    }
    this.cpu.frame.hidden = shares.length === 0;
    setRows(
      this.cpu.body,
      shares,
      ({ mode }) => mode,
      ({ mode }) => makeRow(mode, ['meter']),
      (row, { mode, share }) => {
        const isBad = mode === 'steal' || mode.startsWith('throttled');
        setBar(row.cells[1], share, percent(share), isBad ? 0.05 : mode === 'idle' ? 2 : 0.8);
      },
    );
  }
}
