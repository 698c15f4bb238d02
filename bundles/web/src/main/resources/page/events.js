// SPDX-License-Identifier: Apache-2.0
// Events: what the node decided, and why.

import {byId, clock, make, reconcile} from './format.js';

const KINDS = {'peer-up': 'ok', 'peer-down': 'plain', 'peer-warned': 'warn', 'peer-banned': 'fail',
  'peer-pardoned': 'ok', 'health-changed': 'plain', 'overload-started': 'warn', 'overload-ended': 'ok',
  'config-applied': 'plain', 'config-rejected': 'fail'};

let shown = [];

const words = event => event.type.replaceAll('-', ' ');

/** One event as an item of a list; without a type it stands for none. */
export const eventRow = event => event.type === undefined
    ? make('li', {}, make('span', {}, 'Nothing happened yet.'))
    : make('li', {}, make('time', {datetime: event.time}, clock(event.time)),
        make(`span.pill.${KINDS[event.type] ?? 'plain'}`, {}, words(event)),
        event.peer ? make('span.mono', {}, event.peer.slice(0, 8)) : null, make('span', {}, event.text));

function render() {
  const wanted = byId('event-filter').value.trim().toLowerCase();
  const kind = byId('event-kind').value;
  const found = shown.filter(event => kind === '' || event.type === kind).filter(event => `${words(event)} ${event.peer ?? ''} ${event.text}`.toLowerCase()
      .includes(wanted)).reverse();
  reconcile(byId('events'), found.length > 0 ? found : [{number: 0}], event => event.number, eventRow);
}

export function prepare() {
  byId('event-filter').addEventListener('input', render);
  byId('event-kind').append(...Object.keys(KINDS).map(type => make('option', {value: type}, words({type}))));
  byId('event-kind').addEventListener('change', render);
}

export function show(node) {
  shown = node.events;
  render();
}
