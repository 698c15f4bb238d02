// SPDX-License-Identifier: Apache-2.0
// Changes of settings: what is edited, what it would do, what was changed last, and what goes back by itself.

import {byId, clock, count, duration, make, reconcile, text} from './format.js';
import {get, post, unlocked} from './node.js';
import {say} from './orders.js';

const WEB = 'org.ippan.network.web';
const EFFECTS = {live: 'at once', new: 'new connections only', rebind: 'rebinds the listener',
  restart: 'after a restart of the bundle'};
const STATES = {pending: 'warn', kept: 'ok', undone: 'plain'};

/** By PID:KEY: {name, key, seen, value}; a value of null stands for the default. */
const edits = new Map();
let checked = null;
let done = [];
let whenChanged = () => {};

export const effect = applies => EFFECTS[applies] ?? applies;
export const editing = () => edits.size > 0;
export const edited = name => edits.get(name);

/** Notes what is wanted of a setting; the value that was seen takes the edit back. */
export function edit(name, key, seen, value) {
  if (value === seen) {
    edits.delete(name);
  } else {
    edits.set(name, {name, key, seen, value});
  }
  checked = null;
  showEdits();
}

const none = value => value === '' ? 'none' : value;
const wanted = each => each.value === null ? 'default' : none(each.value);

/** What is edited, or what the node says it would do. */
function rows() {
  return checked === null ? [...edits.values()].map(each => ({name: each.name, key: each.key,
    text: `${none(each.seen)} → ${wanted(each)}`, sub: '', error: ''}))
      : checked.changes.map(each => ({name: `${each.pid}:${each.key}`, key: each.key,
        text: `${none(each.before)} → ${none(each.after)}`,
        sub: effect(each.applies) + (each.risky ? '; goes back after 60 s unless it is kept' : ''),
        error: each.refused || (each.moved ? `It is ${none(each.before)} now: look at it again.` : '')}));
}

export function showEdits() {
  byId('edits').hidden = edits.size === 0 || !unlocked();
  text(byId('edits-count'), count(edits.size, 'setting'));
  reconcile(byId('diff'), rows(), each => each.name, each => make('li', {}, make('code', {}, each.key),
      make('span.mono.wrap'), make('span.sub'), make('span.error', {role: 'alert'})), (item, each) => {
    text(item.children[1], each.text);
    text(item.children[2], each.sub);
    text(item.children[3], each.error);
  });
  byId('edits-apply').disabled = checked === null || !checked.valid;
}

function parameters() {
  const sent = new URLSearchParams();
  for (const {name, seen, value} of edits.values()) {
    sent.append('set', value === null ? name : `${name}=${value}`);
    sent.append('seen', `${name}=${seen}`);
  }
  return sent;
}

/** Does something with the node; says why not. */
async function attempt(action) {
  try {
    await action();
  } catch (failure) {
    say(failure.message, true);
  }
}

const check = () => attempt(async () => {
  checked = await post('/settings/check', parameters());
  showEdits();
  if (checked.changes.length === 0) {
    say('Nothing would change.');
  }
});

/** Forgets what is edited. */
export function discard() {
  edits.clear();
  checked = null;
  showEdits();
  whenChanged();
}

const apply = () => attempt(async () => {
  const answer = await post('/settings/apply', parameters());
  discard();
  say(answer.done);
  await refreshChanges();
});

const settle = (number, what) => attempt(async () => {
  say((await post(`/settings/${what}`, {number})).done);
  await refreshChanges();
  whenChanged();
});

/** Asks for the last changes. */
export async function refreshChanges() {
  done = await get('/settings/changes');
  showChanges();
}

const sentence = set => set.changes.map(each => `${each.key} ${none(each.before)} → ${none(each.after)}`).join(', ');

function showChanges() {
  byId('changes-none').hidden = done.length > 0;
  reconcile(byId('changes'), done, each => each.number, each => make('li', {}, make('time', {datetime: each.time},
      clock(each.time)), make('span.pill'), make('span.sub', {}, `from ${each.from}`),
  make('button.copy', {type: 'button', onclick: () => settle(each.number, 'undo')}, 'Undo'),
  make('span.mono.wrap', {}, sentence(each))), (item, each) => {
    item.children[1].className = `pill ${STATES[each.state]}`;
    text(item.children[1], each.state);
    item.children[3].hidden = !unlocked() || each.state === 'undone';
  });
}

let pending = null;
let deadline = 0;

/** A change that goes back by itself is shown on every view, also while the node does not answer. */
export function showPending(node) {
  if (node !== undefined) {
    pending = node.pending;
    deadline = pending === null ? 0 : performance.now() + Date.parse(pending.goesBack) - Date.parse(node.time);
  }
  const left = Math.max(0, Math.ceil((deadline - performance.now()) / 1000));
  byId('pending').hidden = pending === null || left === 0;
  if (pending !== null) {
    text(byId('pending-text'), `${sentence(pending)}: goes back in ${duration(left)} unless it is kept.`);
    const moved = pending.changes.find(each => each.pid === WEB && each.key === 'listenAddress')?.after ?? '';
    byId('pending-there').hidden = moved === '' || /:0$|-/.test(moved) || moved === location.host;
    // What listens everywhere is reached where this page was.
    const there = moved.replace(/^(0\.0\.0\.0|\[::\])(?=:)/, location.hostname);
    byId('pending-there').href = `${location.protocol}//${there}/#/settings`;
    text(byId('pending-there'), `Open the page at ${there} and keep it there`);
    byId('pending-keep').hidden = !unlocked();
    byId('pending-undo').hidden = !unlocked();
  }
}

/** @param changed is called when settings may be others */
export function prepareChanges(changed) {
  whenChanged = changed;
  byId('edits-check').addEventListener('click', check);
  byId('edits-apply').addEventListener('click', apply);
  byId('edits-discard').addEventListener('click', discard);
}

export function preparePending() {
  byId('pending-keep').addEventListener('click', () => settle(pending.number, 'keep'));
  byId('pending-undo').addEventListener('click', () => settle(pending.number, 'undo'));
}
