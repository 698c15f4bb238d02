// SPDX-License-Identifier: Apache-2.0
// Overview: how the node fares in one sentence, what is wrong and what to do, six numbers, what led here.

import {byId, bytes, clock, count, make, percent, perSecond, reconcile, text} from './format.js';
import {eventRow, eventsOf} from './events.js';
import {examination, refreshFindings, showFindings, worst, wrong} from './findings.js';
import {Multiples} from './multiples.js';
import {allNodes, knowsNetwork, refreshNetwork} from './network.js';
import {Samples} from './node.js';
import {networkScope} from './scope-network.js';
import {nodeScope, ownTrouble} from './scope-node.js';
import {showTopics} from './topics.js';

/** So many findings leave room for the numbers on the first screen. */
const FIRST = 4;
/** A row for each of more than these would be slow, and is read by no person; the view Network has them. */
const MOST_MORE = 100;
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

function showVerdict({status, title, more, counts}) {
  byId('verdict').className = `card verdict ${status}`;
  text(byId('verdict-title'), title);
  text(byId('verdict-more'), more);
  const states = Object.keys(counts);
  const cells = states.flatMap(state => Array.from({length: Math.min(counts[state], MOST_CELLS)},
      (each, i) => ({state, key: `${state} ${i}`})));
  reconcile(byId('states'), cells, each => each.key, each => make(`i.${each.state}`));
  reconcile(byId('states-text'), states.filter(state => counts[state] > 0), state => state,
      state => make(`li.${state}`), (item, state) => text(item, `${counts[state]} ${state}`));
}

function showWrong(node, found) {
  const fine = examination().findings.filter(each => each.severity === 'ok');
  text(byId('wrong-order'), found.length > 1 ? 'worst first' : '');
  const well = [{check: 'node', severity: 'ok', text: 'Nothing is wrong with this node.', advice: '', help: ''}];
  showFindings(byId('wrong'), found.length === 0 ? well : found.slice(0, FIRST), node);
  const rest = byId('wrong-rest');
  rest.hidden = found.length <= FIRST;
  const more = found.length - FIRST;
  text(rest.firstChild, `${more} more${more > MOST_MORE ? `, of which ${MOST_MORE} are listed` : ''}`);
  showFindings(rest.lastChild, found.slice(FIRST, FIRST + MOST_MORE), node);
  byId('fine').hidden = fine.length === 0;
  text(byId('fine').firstChild, `${count(fine.length, 'check')} found nothing to complain of`);
  showFindings(byId('fine').lastChild, fine);
}

function showTiles(tiles, found) {
  reconcile(byId('tiles'), tiles, tile => tile.name, tile => make('li', {}, make('span.tile-name', {}, tile.name),
      make('span.tile-value'), make('span.tile-unit')), (item, tile) => {
    const [value, ...unit] = tile.shown;
    item.className = `tile ${worst(found, tile.checks)}`;
    text(item.children[1], value);
    text(item.children[2], unit.join(', '));
  });
}

function showPast() {
  const past = samples[span.step];
  if (!paused) {
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

export async function refresh(anew, node) {
  if (anew) {
    Object.values(samples).forEach(each => each.clear());
  }
  await Promise.all([refreshFindings(), samples[1].refresh(), samples[10].refresh(),
    ...span.step > 10 ? [samples[span.step].refresh()] : [], ...knowsNetwork(node) ? [refreshNetwork()] : []]);
}

export function show(node) {
  const found = wrong(node);
  const past = {mean, missed};
  // Of a node that takes no part in the network, what it is missing matters.
  const scope = knowsNetwork(node) && ownTrouble(node) === '' ? networkScope(node, found, past, allNodes()) : nodeScope(node, found, past);
  showVerdict(scope);
  showWrong(node, scope.found);
  showTiles(scope.tiles, scope.found);
  showPast();
  byId('topics-none').hidden = showTopics(node, byId('topic-rows'), ['new', 'delivered', 'listeners'], MOST_TOPICS,
      scope.topics) > 0;
  const events = eventsOf(node).slice(-LAST_EVENTS).reverse();
  reconcile(byId('last-events'), events.length > 0 ? events : [{number: 0}], each => each.number, eventRow);
}
