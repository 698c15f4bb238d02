// SPDX-License-Identifier: Apache-2.0
// Events: what the node decided, and why; and which other nodes are not well since when.

import {byId, clock, make, reconcile} from './format.js';
import {allNodes, knowsNetwork, lasting, refreshNetwork} from './network.js';
import {NODE_STATES} from './states.js';

const KINDS = {'peer-up': 'ok', 'peer-down': 'plain', 'peer-warned': 'warn', 'peer-banned': 'fail',
  'peer-pardoned': 'ok', 'health-changed': 'plain', 'overload-started': 'warn', 'overload-ended': 'ok',
  'config-applied': 'plain', 'config-rejected': 'fail',
  ...Object.fromEntries(NODE_STATES.slice(1).map(state => [`node-${state}`, state]))};
/** Of the network, in one list. */
const MOST_CHANGES = 100;

let shown = [];

const words = event => event.type.replaceAll('-', ' ');

/** One event as an item of a list; without a type it stands for none. */
export const eventRow = event => event.type === undefined
    ? make('li', {}, make('span', {}, 'Nothing happened yet.'))
    : make('li', {}, make('time', {datetime: event.time}, clock(event.time)),
        make(`span.pill.${KINDS[event.type] ?? 'plain'}`, {}, words(event)),
        event.peer ? make('span.mono', {}, event.peer.slice(0, 8)) : null,
        event.name ? make('strong', {}, event.name) : null, make('span', {}, event.text));

/** How other nodes came to be as they are now, as events: one that is well again is not told of. */
const changes = node => allNodes().filter(each => !each.own && each.state !== 'ok').map(each => ({
  number: `${each.id} ${each.since}`, type: `node-${each.state}`, name: each.name, text: each.why,
  time: new Date(Date.parse(node.time) - 1000 * lasting(each)).toISOString()}));

const byTime = (a, b) => Date.parse(a.time) - Date.parse(b.time);

/** The events of this node and of the others, oldest first. */
export function eventsOf(node) {
  if (!knowsNetwork(node)) {
    return node.events;
  }
  const newest = changes(node).sort(byTime).slice(-MOST_CHANGES);
  return [...node.events, ...newest].sort(byTime);
}

function render() {
  const wanted = byId('event-filter').value.trim().toLowerCase();
  const kind = byId('event-kind').value;
  const found = shown.filter(event => kind === '' || event.type === kind).filter(event => `${words(event)} ${event.peer ?? ''} ${event.name ?? ''} ${event.text}`.toLowerCase()
      .includes(wanted)).reverse();
  reconcile(byId('events'), found.length > 0 ? found : [{number: 0}], event => event.number, eventRow);
}

export function prepare() {
  byId('event-filter').addEventListener('input', render);
  byId('event-kind').append(...Object.keys(KINDS).map(type => make('option', {value: type}, words({type}))));
  byId('event-kind').addEventListener('change', render);
}

export async function refresh(anew, node) {
  if (knowsNetwork(node)) {
    await refreshNetwork();
  }
}

export function show(node) {
  shown = eventsOf(node);
  render();
}
