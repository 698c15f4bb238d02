// SPDX-License-Identifier: Apache-2.0
// Messages: a sample of those of a topic as they come, and what became of one of them, here and in the network. All of
// it needs the token.

import {byId, bytes, clock, count, duration, make, reconcile, text} from './format.js';
import {knowsNetwork} from './network.js';
import {get, unlocked} from './node.js';
import {say} from './orders.js';
import {follow, forget, prepareWay} from './way.js';

const KEPT = 200;
const REACHES = {brought: 'brought it first', has: 'has it from others', sent: 'sent to it',
  announced: 'announced to it', due: 'still to be sent or announced', left: 'gets it from its publisher or neighbours'};
const VERDICTS = {accepted: 'accepted', waiting: 'a validator has not answered yet', rejected: 'rejected by a validator'};

let topic = '';
let last = 0;
let skipped = 0;
let messages = [];
let peers = [];
let inNetwork = false;

const nameOf = id => peers.find(peer => peer.id === id)?.alias || id.slice(0, 8);

function row(each) {
  return make('tr', {}, make('td.mono', {'data-label': 'Came'}, clock(each.time)),
      make('td', {'data-label': 'Id'}, make('button.link', {type: 'button', title: each.id,
        onclick: () => trace(each.id)}, each.id.slice(0, 8))),
      make('td.mono.wrap', {'data-label': 'Topic'}, each.topic),
      make('td.mono', {'data-label': 'Publisher'}, each.publisher ? each.publisher.slice(0, 8) : 'not signed',
          make('span.sub', {}, `by ${nameOf(each.from)}, ${count(each.hops, 'hop')}`)),
      make('td.number', {'data-label': 'Age'}, duration(each.ageMs / 1000)),
      make('td.number', {'data-label': 'Size'}, bytes(each.bytes)),
      make(`td.begin.wrap${each.isText ? '' : '.sub'}`, {'data-label': 'Begins'}, each.begin));
}

function showTap() {
  byId('tap-locked').hidden = unlocked();
  byId('tap').hidden = !unlocked();
  byId('trace').hidden = !unlocked();
  byId('tap-stop').hidden = topic === '';
  byId('tap-table').hidden = messages.length === 0;
  text(byId('tap-state'), topic === '' ? '' : messages.length === 0 ? `Nothing came of ${topic} yet.`
      : `${topic}, the newest first${skipped > 0 ? `; ${skipped} beyond 20 a second left out` : ''}`);
  reconcile(byId('tap-rows'), [...messages].reverse(), each => each.number, row);
}

function listen(wanted) {
  topic = wanted;
  last = 0;
  skipped = 0;
  messages = [];
  showTap();
}

function traceLines(told) {
  return [['Topic', told.topic], ['Verdict', VERDICTS[told.verdict]],
    ['Came by', told.from ? `${nameOf(told.from)}, after ${count(told.hops, 'hop')}`
      + (told.asked ? ', because this node missed it and asked' : '') : told.topic ? 'this node published it' : ''],
    ['Came', told.topic ? `${duration(told.here)} ago, ${duration(told.age)} after it was published` : ''],
    ['Size', told.topic ? bytes(told.bytes) : ''],
    ['Listeners', told.topic ? told.listeners.join(', ') || 'none here' : ''],
    ...told.links.map(link => [nameOf(link.peer), REACHES[link.reach]])].filter(([, value]) => value);
}

async function trace(id) {
  byId('trace-id').value = id;
  if (inNetwork) {
    follow(id);
  }
  try {
    const told = await get(`/trace/${encodeURIComponent(id)}`);
    text(byId('trace-none'), '');
    reconcile(byId('trace-lines'), traceLines(told), ([name]) => name, ([name]) => make('div', {}, make('dt', {}, name),
        make('dd')), (line, [, value]) => text(line.lastChild, value));
  } catch (failure) {
    byId('trace-lines').replaceChildren();
    text(byId('trace-none'), failure.message);
  }
}

export function prepare() {
  prepareWay();
  byId('tap').addEventListener('submit', event => {
    event.preventDefault();
    listen(byId('tap-topic').value.trim());
    refresh();
  });
  byId('tap-stop').addEventListener('click', () => listen(''));
  byId('trace').addEventListener('submit', event => {
    event.preventDefault();
    trace(byId('trace-id').value.trim());
  });
}

/** Asking keeps the sample alive: it ends 10 s after this view was left. */
export async function refresh() {
  if (topic === '' || !unlocked()) {
    return;
  }
  const asked = topic;
  try {
    const told = await get(`/tap?topic=${encodeURIComponent(asked)}&after=${last}`);
    if (asked !== topic) {
      return;
    }
    // A sample that ended meanwhile counts from 1 again.
    messages = (told.number < last ? [] : messages).concat(told.messages).slice(-KEPT);
    last = told.number;
    skipped = told.skipped;
  } catch (failure) {
    // What is late is asked for again; the page says itself when the node is away.
    if (failure.status !== undefined) {
      listen('');
      say(failure.message, true);
    }
  }
}

export function show(node) {
  peers = node.peers;
  inNetwork = knowsNetwork(node);
  if (!unlocked()) {
    listen('');
    forget();
  }
  showTap();
}
