// SPDX-License-Identifier: Apache-2.0
// Node: all about the node that serves this page: traffic, durations, what waits, every finding, every number.

import {byId, bytes, clock, copyButton, duration, exact, make, reconcile, text} from './format.js';
import {TimePlot, bars} from './charts.js';
import {examination, refreshFindings, showFindings} from './findings.js';
import {Samples, get} from './node.js';

const samples = new Samples(['Gossip.new', 'Gossip.duplicates', 'Gossip.delivered', 'Gossip.published',
  'Metrics.bytes_received', 'Metrics.bytes_sent', 'Gossip.validationBytes', 'Gossip.outbound.lagBytes']);
let node = null;

const top = least => (plot, min, max) => [0, Math.max((max ?? 0) * 1.12, least)];
let plots = null;

const createPlots = () => ({
  messages: new TimePlot('plot-messages', [
    {label: 'New', colour: 'accent', fill: true}, {label: 'Copies', colour: 'second'},
    {label: 'Delivered', colour: 'third'}, {label: 'Published', colour: 'fourth'}],
  {label: 'Messages per second', range: top(4), height: 220}),
  bytes: new TimePlot('plot-bytes', [{label: 'Received', colour: 'accent', fill: true},
    {label: 'Sent', colour: 'second'}], {label: 'Bytes per second', format: bytes, range: top(1024), height: 220}),
  queues: new TimePlot('plot-queues', [{label: 'For peers', colour: 'accent', fill: true},
    {label: 'To be judged', colour: 'fourth'}], {label: 'Bytes waiting', format: bytes, range: top(1024)}),
});

function showPlots() {
  const time = samples.series.time;
  plots.messages.show(time, ...['Gossip.new', 'Gossip.duplicates', 'Gossip.delivered', 'Gossip.published']
      .map(name => samples.rate(name)));
  plots.bytes.show(time, samples.rate('Metrics.bytes_received'), samples.rate('Metrics.bytes_sent'));
  plots.queues.show(time, samples.series['Gossip.outbound.lagBytes'], samples.series['Gossip.validationBytes']);
}

function showFacts() {
  text(byId('node-full'), node.id || 'none');
  text(byId('node-address'), node.listenAddress || 'nothing');
  text(byId('node-uptime'), duration((Date.parse(node.time) - Date.parse(node.started)) / 1000));
  text(byId('node-version'), node.version.replace('.SNAPSHOT', '-SNAPSHOT'));
}

function showHistogram() {
  const histogram = node?.snapshots.Metrics?.[byId('histogram').value];
  if (histogram) {
    bars(histogram);
  }
}

/** Links that are behind or slow; the furthest behind first. */
function showLinks(links, peers) {
  const behind = links.filter(each => each.lagBytes > 0 || each.slow).sort((a, b) => b.lagBytes - a.lagBytes);
  const most = Math.max(1, ...behind.map(each => each.lagBytes));
  const name = id => peers.find(peer => peer.id === id)?.alias || id.slice(0, 8);
  reconcile(byId('links'), behind, each => each.peer, each => make('li', {},
      make('span.mono', {title: each.peer}, name(each.peer)), make('span.sub'),
      make('progress', {'aria-label': `Bytes still to be sent to ${name(each.peer)}`}), make('span.number'),
      make('span.error')), (item, each) => {
    text(item.children[1], each.eager ? 'sends' : 'announces');
    item.children[2].max = most;
    item.children[2].value = each.lagBytes;
    text(item.children[3], bytes(each.lagBytes));
    text(item.children[4], each.slow ? 'slow' : '');
  });
}

/** What the doctor found; without one, says so. */
function showExamination() {
  const told = examination();
  text(byId('doctor-time'), !told.present ? 'the doctor is absent: its bundle is not installed or being updated'
      : told.depth === 'examination' ? `examined at ${clock(told.time)}` : 'at a glance; being examined…');
  byId('limits-title').hidden = !told.present;
  showFindings(byId('findings'), told.findings, node);
  showFindings(byId('limits'), told.limits.map(each => ({...each,
    help: each.severity === 'ok' ? '' : `limit-${each.check}`})));
}

let measures = {};

/** The numbers of a snapshot as [name, value]: parts of parts by their path, lists and texts left to others. */
function flat(prefix, value) {
  if (typeof value === 'number' || typeof value === 'boolean') {
    return [[prefix, value]];
  }
  return value === null || typeof value !== 'object' || Array.isArray(value) ? []
      : Object.entries(value).flatMap(([name, part]) => flat(`${prefix}.${name}`, part));
}

function shownValue(value, unit) {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : unit === 'bytes' ? bytes(value)
      : unit === 'milliseconds' ? duration(value / 1000) : exact(value) + (unit && unit !== 'ratio' ? ` ${unit}` : '');
}

function showNumbers(snapshots) {
  reconcile(byId('numbers'), Object.entries(snapshots), ([name]) => name,
      ([name]) => make('details', {}, make('summary', {}, name), make('dl')),
      (group, [name, snapshot]) => {
        if (group.open) {
          reconcile(group.lastChild, flat(name, snapshot), ([path]) => path, ([path]) => make('div', {title:
              measures[path]?.text ?? ''}, make('dt', {}, path.split('.').slice(1).join(' · ')), make('dd')),
          (line, [path, value]) => text(line.lastChild, shownValue(value, measures[path]?.unit ?? '')));
        }
      });
}

export function prepare() {
  byId('histogram').addEventListener('change', showHistogram);
  byId('node-full').after(copyButton(() => node?.id ?? ''));
  plots = createPlots();
}

export async function refresh(anew) {
  if (anew) {
    samples.clear();
  }
  await Promise.all([samples.refresh(), refreshFindings(),
    ...Object.keys(measures).length === 0 ? [get('/measures').then(told => { measures = told; })] : []]);
}

export function show(now) {
  node = now;
  showFacts();
  showPlots();
  showHistogram();
  showLinks(node.snapshots.Gossip?.outbound ?? [], node.peers);
  showExamination();
  showNumbers(node.snapshots);
}
