// SPDX-License-Identifier: Apache-2.0
// Overview: how the node fares in one sentence, what is wrong and what to do, six numbers, what led here.

import {byId, bytes, clock, count, duration, make, many, percent, perSecond, reconcile, text} from './format.js';
import {Samples} from './node.js';
import {eventRow} from './events.js';
import {examination, refreshFindings, showFindings, worst, wrong} from './findings.js';
import {Multiples} from './multiples.js';
import {STATES, byState, concerning, listed} from './states.js';
import {showTopics} from './topics.js';

/** So many findings leave room for the numbers on the first screen. */
const FIRST = 4;
const LAST_EVENTS = 6;
const MOST_TOPICS = 8;
/** Of one state, in the row of squares; the words beside it count on. */
const MOST_CELLS = 48;
const SPANS = [{name: '5 min', step: 1}, {name: '1 h', step: 10}, {name: '24 h', step: 120}];

const NUMBERS = {
  'Gossip.new': true, 'Gossip.duplicates': true, 'Gossip.delivered': true, 'Gossip.published': true,
  'Gossip.outbound.lagBytes': false, 'Gossip.missed': true,
};
const names = Object.keys(NUMBERS);
const samples = Object.fromEntries(SPANS.map(({step}) => [step, new Samples(names, step)]));

let span = SPANS[0];
let paused = false;
let multiples = null;

const most = curve => Math.max(0, ...curve.max);
const last = values => values.findLast(value => value !== null && value !== undefined) ?? 0;
const peak = format => curve => `peak ${format(most(curve))}`;
const share = (part, rest) => part + rest > 0 ? part / (part + rest) : 0;

const ROWS = [
  {number: 'Gossip.new', name: 'New', sub: 'first copies of messages', colour: 'accent', value: perSecond,
    more: peak(perSecond)},
  {number: 'Gossip.duplicates', name: 'Copies', sub: 'bodies it knew already', colour: 'fourth', value: perSecond,
    more: (curve, [fresh]) => `${percent(share(last(curve.mean), last(fresh.mean)))} of all`},
  {number: 'Gossip.delivered', name: 'Delivered', sub: 'to listeners of this node', colour: 'third', value: perSecond,
    more: peak(perSecond)},
  {number: 'Gossip.published', name: 'Published', sub: 'by applications of this node', colour: 'second',
    value: perSecond, more: peak(perSecond)},
  {number: 'Gossip.outbound.lagBytes', name: 'Queued', sub: 'bytes waiting for peers', colour: 'accent', value: bytes,
    more: peak(bytes)},
];

/** Means of the last seconds: a number that jumps each second is not read. */
const SETTLED = 10;

function mean(name, counter) {
  const values = samples[1].curve(name, counter).mean.slice(-SETTLED).filter(value => value !== null);
  return values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;
}

/** How many messages were missed in the last hour, as far as that is known. */
function missed() {
  const {time, 'Gossip.missed': {mean: rates}} = samples[10].series;
  const before = rates.reduce((sum, rate) => sum + 10 * (rate ?? 0), 0);
  const since = samples[1].series.time.findIndex(each => each > (time.at(-1) ?? 0));
  const lately = since < 0 ? [] : samples[1].rate('Gossip.missed').slice(since);
  return Math.round(before + lately.reduce((sum, rate) => sum + (rate ?? 0), 0));
}

/** Each number has a unit that stands beside it, and the checks whose findings colour it. */
const TILES = [
  {name: 'Peers connected', checks: ['peers', 'seeds', 'health', 'shared-identity'], of: node => {
    const shown = concerning(node.peers);
    return [String(shown.filter(each => each.connected).length), `of ${shown.length}`];
  }},
  {name: 'New messages', checks: ['dedup-capacity', 'dedup-window'],
    of: () => perSecond(mean('Gossip.new', true)).split(' ')},
  {name: 'Publisher to listener', checks: ['applications', 'timers'], of: node => {
    const age = node.snapshots.Metrics?.deliveryAge;
    return age?.samples > 0 ? [...duration(age.p99Millis / 1000).split(' '), '99 %'] : ['–', ''];
  }},
  {name: 'Copies per message', checks: [], of: () => {
    const fresh = mean('Gossip.new', true);
    return [fresh > 0 ? (mean('Gossip.duplicates', true) / fresh).toFixed(2) : '–', 'besides the first'];
  }},
  {name: 'Queued for peers', checks: ['backlog'], of: () => bytes(mean('Gossip.outbound.lagBytes', false)).split(' ')},
  {name: 'Missed', checks: ['overrun'], of: () => [many(missed()), 'in the last hour']},
];

function sentence(node, found) {
  const {ready, status} = node.health;
  const alone = !node.peers.some(peer => peer.connected);
  if (!ready) {
    return 'This node takes no part in the network.';
  }
  if (alone) {
    return node.peers.length === 0 ? 'This node has no peers yet.' : 'This node is alone: no peer is connected.';
  }
  if (status === 'fail') {
    return 'This node carries messages, but something fails.';
  }
  return found.length === 0 ? 'This node carries messages; all is well.'
      : `This node carries messages; ${found.length === 1 ? 'one thing needs' : `${found.length} things need`} attention.`;
}

function showVerdict(node, found) {
  const shown = concerning(node.peers);
  const counts = byState(shown);
  byId('verdict').className = `card verdict ${found.length === 0 ? node.health.status : worst(found, found.map(
      each => each.check))}`;
  text(byId('verdict-title'), sentence(node, found));
  const lost = missed();
  text(byId('verdict-more'), node.peers.length === 0 ? 'Dial another node under Peers, set seeds, or wait until others'
      + ` connect to ${node.listenAddress || 'this one'}.`
      : `${listed(counts)}. ${lost === 0 ? 'No message was missed' : `${count(lost, 'message')} missed`}`
      + ` in the last hour. Up ${duration((Date.parse(node.time) - Date.parse(node.started)) / 1000)}.`);
  const cells = STATES.flatMap(state => Array.from({length: Math.min(counts[state], MOST_CELLS)},
      (each, i) => ({state, key: `${state} ${i}`})));
  reconcile(byId('states'), cells, each => each.key, each => make(`i.${each.state}`));
  reconcile(byId('states-text'), STATES.filter(state => counts[state] > 0), state => state,
      state => make(`li.${state}`), (item, state) => text(item, `${counts[state]} ${state}`));
}

function showWrong(node, found) {
  const fine = examination().findings.filter(each => each.severity === 'ok');
  text(byId('wrong-order'), found.length > 1 ? 'worst first' : '');
  const well = [{check: 'node', severity: 'ok', text: 'Nothing is wrong with this node.', advice: ''}];
  showFindings(byId('wrong'), found.length === 0 ? well : found.slice(0, FIRST), node.since, node.time);
  const rest = byId('wrong-rest');
  rest.hidden = found.length <= FIRST;
  text(rest.firstChild, `${found.length - FIRST} more`);
  showFindings(rest.lastChild, found.slice(FIRST), node.since, node.time);
  byId('fine').hidden = fine.length === 0;
  text(byId('fine').firstChild, `${count(fine.length, 'check')} found nothing to complain of`);
  showFindings(byId('fine').lastChild, fine);
}

function showTiles(node, found) {
  reconcile(byId('tiles'), TILES, tile => tile.name, tile => make('li', {}, make('span.tile-name', {}, tile.name),
      make('span.tile-value'), make('span.tile-unit')), (item, tile) => {
    const [value, ...unit] = tile.of(node);
    item.className = `tile ${worst(found, tile.checks)}`;
    text(item.children[1], value);
    text(item.children[2], unit.join(', '));
  });
}

function showPast() {
  const past = samples[span.step];
  if (!paused && past.series.time.length > 1) {
    multiples.show(past.series.time, ROWS.map(row => past.curve(row.number, NUMBERS[row.number])));
  }
}

function showPause() {
  byId('pause').setAttribute('aria-pressed', String(paused));
  text(byId('pause'), paused ? 'Go on' : 'Pause');
  byId('strips').classList.toggle('paused', paused);
}

function pause() {
  paused = !paused;
  showPause();
  showPast();
}

async function choose(chosen) {
  span = chosen;
  paused = false;
  showPause();
  [...byId('spans').children].forEach((each, i) => each.setAttribute('aria-pressed', String(SPANS[i] === span)));
  await samples[span.step].refresh();
  showPast();
}

export function prepare() {
  byId('spans').append(...SPANS.map(each => make('button', {type: 'button', 'aria-pressed': String(each === span),
    onclick: () => choose(each)}, each.name)));
  multiples = new Multiples(byId('strips'), ROWS, time => text(byId('past-time'), time === null
      ? 'each on its own scale, peaks compressed' : `at ${clock(1000 * time)}`));
  byId('pause').addEventListener('click', pause);
  document.addEventListener('keydown', event => {
    if (event.key === ' ' && event.target === document.body && !byId('view-overview').hidden) {
      event.preventDefault();
      pause();
    }
  });
}

export async function refresh(anew) {
  if (anew) {
    Object.values(samples).forEach(each => each.clear());
  }
  await Promise.all([refreshFindings(), samples[1].refresh(), samples[10].refresh(),
    ...span.step > 10 ? [samples[span.step].refresh()] : []]);
}

export function show(node) {
  const found = wrong(node);
  showVerdict(node, found);
  showWrong(node, found);
  showTiles(node, found);
  showPast();
  byId('topics-none').hidden = showTopics(node, byId('topic-rows'), ['new', 'delivered', 'listeners'], MOST_TOPICS) > 0;
  const events = node.events.slice(-LAST_EVENTS).reverse();
  reconcile(byId('last-events'), events.length > 0 ? events : [{number: 0}], each => each.number, eventRow);
}
