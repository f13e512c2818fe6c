/**
 * Reads `/metrics` once a second and shows it, for as long as the page is open and seen. An
 * instance that cannot be reached is asked again, and the page says so.
 */

import { Chart } from './chart.js';
import { byId, setClass, setText } from './dom.js';
import { count, duration, perSecond, percent, seconds } from './numbers.js';
import { readPaths } from './path.js';
import { fullest, Recent } from './recent.js';
import { Samples } from './samples.js';
import { showConfiguration } from './show-configuration.js';
import { LimitsView } from './show-limits.js';
import { PathView } from './show-path.js';
import { BackendsView, DropsView, RoutingView } from './show-tables.js';
import { ThreadsView } from './show-threads.js';

const PERIOD_MS = 1000;
const TIMEOUT_MS = 4000;
const CONFIGURATION_PERIOD_MS = 10_000;

const recent = new Recent();
const charts = makeCharts();
let views = null;
let reference = null;
let configuration = null;
let configurationAtMs = -Infinity;
let unreachableSince = null;
let isPaused = false;
let timer = null;

async function get(path) {
  const answer = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) {
    throw new Error(`${path} answered with status ${answer.status}`);
  }
  return answer;
}

async function read() {
  reference ??= await (await get('/reference.json')).json();
  const text = await (await get('/metrics')).text();
  const samples = new Samples(text, performance.now());
  if (samples.atMs - configurationAtMs > CONFIGURATION_PERIOD_MS) {
    configuration = await (await get('/config.json')).json();
    configurationAtMs = samples.atMs;
  }
  return samples;
}

async function isReady() {
  // 503 is an answer: it drains.
  const answer = await fetch('/readyz', { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) });
  return { ready: answer.ok, reason: (await answer.text()).trim() };
}

async function turn() {
  const startMs = performance.now();
  try {
    const samples = await read();
    const readiness = await isReady();
    if (!isPaused) {
      show(samples, readiness);
    }
    sayReachable();
  } catch (failure) {
    sayUnreachable(failure);
  }
  const leftMs = PERIOD_MS - (performance.now() - startMs);
  clearTimeout(timer);
  if (!isPaused && !document.hidden) {
    timer = setTimeout(turn, Math.max(PERIOD_MS / 4, leftMs));
  } else {
    timer = null;
  }
}

/** Goes on after a pause, unless it is going on already. */
function goOn() {
  if (timer === null && !isPaused && !document.hidden) {
    timer = setTimeout(turn, 0);
  }
}

function show(samples, readiness) {
  if (recent.add(samples)) {
    // Another process, perhaps of another version: what its words mean may have changed.
    location.reload();
    return;
  }
  views ??= {
    path: new PathView(reference),
    threads: new ThreadsView(),
    backends: new BackendsView(),
    drops: new DropsView(reference),
    routing: new RoutingView(reference),
    limits: new LimitsView(),
  };
  const paths = readPaths(reference, recent);
  showInstance(samples, readiness);
  views.path.show(paths, recent);
  views.threads.show(recent);
  views.backends.show(recent, configuration);
  views.drops.show(recent);
  views.routing.show(recent);
  views.limits.show(recent);
  showConfiguration(configuration);
  showCharts(samples, paths);
  setText(byId('read-at'), new Date().toLocaleTimeString());
}

function showInstance(samples, { ready, reason }) {
  const build = samples.all('homing_build_info')[0]?.labels;
  const uptime = samples.sum('process_uptime_seconds');
  setText(byId('version'), build === undefined ? '' : `Homing ${build.version}`);
  byId('version').title = build === undefined ? '' : `commit ${build.commit}, Java ${build.java_version}`;
  setText(byId('uptime'), uptime === null ? '' : `up ${duration(uptime)}`);
  setText(byId('readiness'), ready ? 'Takes new connections' : reason);
  setClass(byId('readiness'), 'notable', !ready);
}

function makeCharts() {
  const made = {
    datagrams: new Chart(
      'Datagrams a second',
      ['from clients', 'to backends', 'from backends', 'to clients'],
      perSecond,
      10,
    ),
    lost: new Chart('Lost a second', ['on the way to backends', 'on the way to clients'], perSecond, 10),
    busy: new Chart('Busy share', ['busiest receiver', 'busiest shard'], percent, 1, 1),
    fill: new Chart('Fill of the fullest', ['queue', 'listening socket', 'port toward backends'], percent, 1, 1),
    sessions: new Chart('Sessions', ['established', 'half-open'], count, 10),
    time: new Chart('Time in Homing, 99 of 100', ['toward backends', 'toward clients', 'waiting in a queue'], seconds, 0.0001),
  };
  byId('charts').replaceChildren(...Object.values(made).map(({ element }) => element));
  return made;
}

function showCharts(samples, paths) {
  const rate = (name, side) => recent.lastRate(name, { side });
  const add = (chart, ...values) => chart.add(samples.atMs, values);
  const share = (used, most, names) => fullest(samples, used, most, names)?.share ?? null;
  add(
    charts.datagrams,
    rate('homing_datagrams_received_total', 'client'),
    rate('homing_datagrams_sent_total', 'backend'),
    rate('homing_datagrams_received_total', 'backend'),
    rate('homing_datagrams_sent_total', 'client'),
  );
  add(charts.lost, ...paths.map(({ lost }) => lost));
  add(charts.busy, recent.busiest('receiver'), recent.busiest('shard'));
  add(
    charts.fill,
    share('homing_handoff_queue_depth', 'homing_handoff_queue_capacity', ['receiver', 'shard']),
    share('homing_socket_queue_bytes', 'homing_socket_queue_limit_bytes', ['listener', 'thread']),
    share('homing_backend_ports_queue_bytes', 'homing_backend_ports_queue_limit_bytes', ['thread']),
  );
  add(
    charts.sessions,
    samples.sum('homing_sessions', { state: 'established' }),
    samples.sum('homing_sessions', { state: 'half_open' }),
  );
  add(
    charts.time,
    recent.quantile(0.99, 'homing_forward_seconds', { side: 'client' }),
    recent.quantile(0.99, 'homing_forward_seconds', { side: 'backend' }),
    recent.quantile(0.99, 'homing_handoff_wait_seconds'),
  );
}

function sayReachable() {
  unreachableSince = null;
  byId('trouble').hidden = true;
  setClass(byId('live'), 'stale', false);
  sayState();
}

function sayUnreachable(failure) {
  unreachableSince ??= new Date();
  const isAnswer = failure.name === 'Error';
  // The time is when it began, so that the sentence, which is read out, stays the same.
  setText(
    byId('trouble-text'),
    `${isAnswer ? 'This instance answers, but not as it should' : 'This instance cannot be reached'} since ${unreachableSince.toLocaleTimeString()}.`,
  );
  setText(
    byId('trouble-more'),
    `${isAnswer ? `${failure.message}. ` : ''}Trying again every second${recent.now === undefined ? '' : '; what is shown below is what was read last'}.`,
  );
  byId('trouble').hidden = false;
  setClass(byId('live'), 'stale', true);
  sayState();
}

function sayState() {
  const state = isPaused ? 'Paused' : unreachableSince === null ? 'Live' : 'Not reachable';
  const pill = byId('state');
  setText(pill, state);
  setClass(pill, 'good', state === 'Live');
  setClass(pill, 'bad', state === 'Not reachable');
}

byId('pause').addEventListener('click', () => {
  isPaused = !isPaused;
  setText(byId('pause'), isPaused ? 'Go on' : 'Pause');
  sayState();
  goOn();
});
byId('path-details').addEventListener('toggle', () => {
  if (recent.now !== undefined && views !== null) {
    views.path.show(readPaths(reference, recent), recent);
  }
});
document.addEventListener('visibilitychange', goOn);
setText(byId('instance'), location.host);
document.title = `${location.host} – Homing`;
goOn();
