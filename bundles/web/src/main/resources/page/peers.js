// SPDX-License-Identifier: Apache-2.0
// The table of peers, and all about one of them.

import {bytes, byId, clock, copyButton, duration, make, reconcile, signed, text} from './format.js';
import {sparkline} from './charts.js';
import {get} from './node.js';
import {orderPeer, say} from './orders.js';
import {prepareScore, showScore} from './score.js';
import {PEER_STATES, byState, concerning, listed} from './states.js';

const KEPT = 120;

/** What is known of each peer over time: this page's own memory. */
const past = new Map();

const order = {banned: 0, warned: 1, good: 2};
const COLUMNS = [
  {name: 'Peer', sort: peer => nameOf(peer)},
  {name: 'Address', sort: peer => peer.address},
  {name: 'Score', sort: peer => peer.score.value, number: true},
  {name: 'Standing', sort: peer => order[peer.score.standing]},
  {name: 'Health', sort: peer => peer.health},
  {name: 'Round trip', sort: peer => peer.connected ? peer.roundTrip : Infinity, number: true},
  {name: 'Connected', sort: peer => peer.uptime, number: true},
  {name: 'Queued', sort: peer => peer.queuedBytes, number: true},
  {name: 'Why', sort: peer => why(peer)},
];

let sorted = {column: null, down: false};
let shown = [];
let opened = null;
/** So many rows are drawn at first; a page of thousands is slow. */
let most = 100;

const keyOf = peer => peer.id ?? peer.address;
export const nameOf = peer => peer.alias || (peer.id ? peer.id.slice(0, 8) : peer.address);

/** Why it is connected, or why it is not and when it is tried next. */
function why(peer) {
  if (peer.connected) {
    return peer.direction === 'inbound' ? 'it dialled this node' : peer.reason;
  }
  if (peer.score.standing === 'banned') {
    return 'banned: not let in.';
  }
  const next = peer.nextTry ? ` Next try at ${clock(peer.nextTry)}.` : '';
  const failed = peer.failedDials > 1 ? ` ${peer.failedDials} dials failed.` : '';
  return [peer.reason, peer.lastError].filter(Boolean).join('; ') + '.' + failed + next;
}

function remember(peer) {
  const known = past.get(keyOf(peer)) ?? {roundTrip: [], score: []};
  known.roundTrip = [...known.roundTrip, peer.connected ? peer.roundTrip : 0].slice(-KEPT);
  known.score = [...known.score, [Date.now() / 1000, peer.score.value]].slice(-KEPT);
  past.set(keyOf(peer), known);
  return known;
}

function createRow(peer) {
  const cell = (column, ...children) => make('td', {'data-label': column.name,
    class: column.number ? 'number' : ''}, ...children);
  const open = make('button.link', {type: 'button', onclick: () => openPeer(row.dataset.key)});
  const row = make('tr', {}, cell(COLUMNS[0], make('span.dot', {'aria-hidden': 'true'}), open,
      make('span.sub')));
  row.append(cell(COLUMNS[1], make('span.mono'), make('span.sub')),
      cell(COLUMNS[2], make('span'), make('span.meter', {'aria-hidden': 'true'}, make('i'))),
      cell(COLUMNS[3], make('span.pill')), cell(COLUMNS[4], make('span.pill')),
      cell(COLUMNS[5], make('span'), sparkline()), cell(COLUMNS[6]), cell(COLUMNS[7]), cell(COLUMNS[8]));
  row.lastChild.classList.add('why');
  return row;
}

function updateRow(row, peer) {
  const [name, address, score, standing, health, roundTrip, uptime, queued, reason] = row.cells;
  const known = past.get(keyOf(peer));
  name.children[0].className = `dot ${peer.state}`;
  text(name.children[1], nameOf(peer));
  text(name.children[2], peer.state);
  text(address.children[0], peer.address);
  text(address.children[1], [peer.direction === 'none' ? '' : peer.direction, peer.agent].filter(Boolean).join(' · '));
  text(score.children[0], signed(peer.score.value));
  const bar = score.children[1];
  bar.classList.toggle('below', peer.score.value < 0);
  bar.firstChild.style.width = `${Math.abs(peer.score.value) / 20}%`;
  standing.firstChild.className = 'pill ' + {good: 'ok', warned: 'warn', banned: 'fail'}[peer.score.standing];
  text(standing.firstChild, peer.score.standing);
  const condition = peer.connected || peer.health === 'left' ? peer.health : 'unknown';
  health.firstChild.className = 'pill '
      + ({healthy: 'ok', degraded: 'warn', unhealthy: 'fail'}[condition] ?? 'plain');
  text(health.firstChild, condition);
  text(roundTrip.children[0], peer.connected && peer.roundTrip > 0 ? duration(peer.roundTrip) : '–');
  roundTrip.children[1].toggleAttribute('hidden', !known.roundTrip.some(value => value > 0));
  roundTrip.children[1].show(known.roundTrip);
  text(uptime, peer.connected ? duration(peer.uptime) : '–');
  text(queued, peer.connected ? bytes(peer.queuedBytes) : '–');
  text(reason, why(peer));
}

function render() {
  const wanted = byId('peer-filter').value.trim().toLowerCase();
  let peers = shown.filter(peer => `${peer.id} ${peer.alias} ${peer.address} ${peer.agent} ${peer.score.standing} `
      .concat(peer.health, ' ', peer.state).toLowerCase().includes(wanted));
  if (sorted.column) {
    const of = sorted.column.sort;
    peers = [...peers].sort((a, b) => (sorted.down ? -1 : 1) * (of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : 0));
  }
  reconcile(byId('peer-rows'), peers.slice(0, most), keyOf, createRow, updateRow);
  byId('more-peers').hidden = peers.length <= most;
  text(byId('more-peers'), `Show the other ${peers.length - most}`);
  text(byId('peers-count'), `${listed(byState(concerning(shown), PEER_STATES))}; ${shown.length} known`
      + (peers.length < shown.length ? `, ${peers.length} shown` : ''));
}

export function show({peers}) {
  shown = peers;
  peers.forEach(remember);
  const present = new Set(peers.map(keyOf));
  [...past.keys()].filter(key => !present.has(key)).forEach(key => past.delete(key));
  render();
  if (opened !== null && byId('peer-dialog').open) {
    explain();
  }
}

function sentencesWithoutDoctor({peer, reputation}) {
  return [`${peer.connected ? 'Connected' : 'Not connected'}: ${why(peer)}`,
    reputation ? `Score ${reputation.score}, ${reputation.standing}: ${reputation.successes} successes, `
        + `${reputation.failures} failures, ${reputation.invalids} invalid.` : 'It was never judged.',
    ...(reputation?.banReason ? [`Banned: ${reputation.banReason}; until ${reputation.bannedUntil
        ? new Date(reputation.bannedUntil).toLocaleString('en-GB') : 'it is pardoned'}.`] : [])];
}

async function explain() {
  const peer = shown.find(each => keyOf(each) === opened);
  if (!peer) {
    return;
  }
  text(byId('peer-title'), nameOf(peer));
  text(byId('peer-full'), [peer.id, peer.address].filter(Boolean).join(' · '));
  let told = {peer, reputation: null, sentences: [], changes: []};
  try {
    told = await get('/peers/' + encodeURIComponent(peer.id ?? peer.address));
  } catch (failure) {
    told.sentences = [failure.message];
  }
  const sentences = told.sentences.length > 0 ? told.sentences : sentencesWithoutDoctor(told);
  // The plot and the list below it show the changes of its score in full.
  reconcile(byId('peer-sentences'), sentences.filter(sentence => !told.changes.includes(sentence)), sentence => sentence, sentence => make('li', {}, sentence));
  showScore(told.peer.score.value, told.reputation?.events ?? [], past.get(keyOf(peer)).score);
}

async function openPeer(key) {
  opened = key;
  byId('peer-dialog').showModal();
  try {
    await prepareScore();
  } catch (failure) {
    say(failure.message, true);
  }
  explain();
}

function sortBy(column) {
  sorted = {column, down: sorted.column === column && !sorted.down};
  COLUMNS.forEach((each, i) => byId('peer-head').cells[i]
      .setAttribute('aria-sort', each !== column ? 'none' : sorted.down ? 'descending' : 'ascending'));
  render();
}

export function prepare() {
  byId('peer-title').after(copyButton(() => shown.find(each => keyOf(each) === opened)?.id ?? opened));
  byId('more-peers').addEventListener('click', () => {
    most = Infinity;
    render();
  });
  byId('peer-head').append(...COLUMNS.map(column => make('th', {scope: 'col', 'aria-sort': 'none',
    class: column.number ? 'number' : ''}, make('button', {type: 'button', onclick: () => sortBy(column)},
      column.name))));
  byId('peer-filter').addEventListener('input', render);
  byId('peer-orders').addEventListener('click', async event => {
    const what = event.target.dataset.order;
    const peer = shown.find(each => keyOf(each) === opened);
    if (what && peer?.id) {
      await orderPeer(peer, nameOf(peer), what);
      explain();
    }
  });
}
