// SPDX-License-Identifier: Apache-2.0
// The page: what is shown where.

import {byId, bytes, duration, make, many, percent, reconcile, text} from './format.js';
import {TimePlot, bars, sparkline} from './charts.js';
import {Samples, poll} from './node.js';
import {askForToken, prepareOrders} from './orders.js';
import {preparePeers, showPeers} from './peers.js';
import {prepareTables, showEvents, showFindings, showLinks, showListeners, showNumbers, showReasons, showSettings}
  from './tables.js';

/** How often what changes seldom is asked for: each so many seconds. */
const SELDOM = 5;

const samples = new Samples(['Metrics.messages_received', 'Metrics.messages_sent', 'Metrics.bytes_received',
  'Metrics.bytes_sent', 'Gossip.published', 'Gossip.delivered', 'Gossip.bodiesReceived', 'Gossip.duplicates',
  'Gossip.validationBytes', 'Gossip.outbound.lagBytes', 'Peers.connected', 'Reputation.banned']);

const HEALTH = {ok: ['good', 'serving'], warn: ['warn', 'serving, with warnings'], fail: ['bad', 'not serving']};

function duplicateShare() {
  const bodies = samples.rate('Gossip.bodiesReceived');
  return samples.rate('Gossip.duplicates').map((rate, i) => rate === null || !bodies[i] ? null : rate / bodies[i]);
}

const last = values => values.at(-1) ?? 0;

const TILES = [
  {name: 'Peers connected', of: node => node.snapshots.Peers?.connected ?? 0, format: String,
    past: () => samples.series['Peers.connected']},
  {name: 'Received', unit: '/s', of: () => last(samples.rate('Metrics.messages_received')), format: many,
    past: () => samples.rate('Metrics.messages_received')},
  {name: 'Sent', unit: '/s', of: () => last(samples.rate('Metrics.messages_sent')), format: many,
    past: () => samples.rate('Metrics.messages_sent')},
  {name: 'Delivered', unit: '/s', of: () => last(samples.rate('Gossip.delivered')), format: many,
    past: () => samples.rate('Gossip.delivered')},
  {name: 'Published', unit: '/s', of: () => last(samples.rate('Gossip.published')), format: many,
    past: () => samples.rate('Gossip.published')},
  {name: 'Duplicates', of: () => last(duplicateShare()), format: percent, past: duplicateShare},
  {name: 'To be sent', of: () => last(samples.series['Gossip.outbound.lagBytes']), format: bytes,
    past: () => samples.series['Gossip.outbound.lagBytes']},
  {name: 'Banned', unit: 'peers', of: node => node.snapshots.Reputation?.banned ?? 0, format: String,
    past: () => samples.series['Reputation.banned']},
];

const top = least => (plot, min, max) => [0, Math.max((max ?? 0) * 1.12, least)];
const plots = {
  messages: new TimePlot('plot-messages', [
    {label: 'Received', colour: 'accent', fill: true}, {label: 'Sent', colour: 'second'},
    {label: 'Delivered', colour: 'third'}, {label: 'Published', colour: 'fourth'}],
  {label: 'Messages per second', range: top(4), height: 220}),
  duplicates: new TimePlot('plot-duplicates', [{label: 'Duplicates', colour: 'fourth', fill: true}],
      {label: 'Share of duplicates', format: percent, range: () => [0, 1], height: 220}),
  bytes: new TimePlot('plot-bytes', [{label: 'Received', colour: 'accent', fill: true},
    {label: 'Sent', colour: 'second'}], {label: 'Bytes per second', format: bytes, range: top(1024), height: 220}),
  queues: new TimePlot('plot-queues', [{label: 'For peers', colour: 'accent', fill: true},
    {label: 'To be judged', colour: 'fourth'}], {label: 'Bytes waiting', format: bytes, range: top(1024)}),
};

function showPlots() {
  const time = samples.series.time;
  plots.messages.show(time, ...['Metrics.messages_received', 'Metrics.messages_sent', 'Gossip.delivered',
    'Gossip.published'].map(name => samples.rate(name)));
  plots.duplicates.show(time, duplicateShare());
  plots.bytes.show(time, samples.rate('Metrics.bytes_received'), samples.rate('Metrics.bytes_sent'));
  plots.queues.show(time, samples.series['Gossip.outbound.lagBytes'], samples.series['Gossip.validationBytes']);
}

function showTiles(node) {
  reconcile(byId('tiles'), TILES, tile => tile.name, tile => make('li.tile', {}, make('span.tile-name', {}, tile.name, ' ',
      make('span.tile-unit', {}, tile.unit ?? '')), make('span.tile-value'), sparkline()), (item, tile) => {
    text(item.children[1], tile.format(tile.of(node)));
    item.children[2].show(tile.past().slice(-90));
  });
}

function showBar(node) {
  text(byId('node-id'), node.id.slice(0, 8));
  byId('node-id').title = `Id of this node: ${node.id}`;
  text(byId('node-address'), node.listenAddress || 'nothing');
  text(byId('node-uptime'), duration((Date.parse(node.time) - Date.parse(node.started)) / 1000));
  text(byId('node-version'), node.version.replace('.SNAPSHOT', '-SNAPSHOT'));
  const [style, words] = HEALTH[node.health.status];
  byId('health').className = `pill ${style}`;
  text(byId('health'), words);
  byId('unlock').hidden = !node.orders;
  document.title = `${node.id.slice(0, 8)} ${words}`;
}

let turn = 0;
let node = null;

function showHistogram() {
  const histogram = node?.snapshots.Metrics?.[byId('histogram').value];
  if (histogram) {
    bars(histogram);
  }
}

async function show(now) {
  node = now;
  byId('offline').hidden = true;
  showBar(node);
  showReasons(node.health.reasons);
  showTiles(node);
  showPlots();
  showHistogram();
  showPeers(node.peers);
  showEvents(node.events);
  showLinks(node.snapshots.Gossip?.outbound ?? [], node.peers);
  showListeners(node.snapshots.Gossip?.listeners ?? []);
  await showNumbers(node.snapshots);
  if (turn++ % SELDOM === 0) {
    await Promise.all([showFindings(), showSettings()]);
  }
}

function failed(failure) {
  if (failure.status === 401) {
    byId('unlock').hidden = false;
    askForToken();
  }
  const offline = byId('offline');
  offline.hidden = false;
  text(offline, failure.status ? failure.message
      : 'The node does not answer. What is below was true when it did last; this page goes on trying.');
  byId('health').className = 'pill bad';
  text(byId('health'), 'no answer');
}

prepareOrders();
preparePeers();
prepareTables();
byId('histogram').addEventListener('change', showHistogram);
poll(samples, show, failed);
