// SPDX-License-Identifier: Apache-2.0
// Topics: what applications of this node listen to, and what waits for them.

import {byId, exact, make, perSecond, reconcile, text} from './format.js';

/** Rates are taken over so many answers of the node. */
const KEPT = 10;

/** [time, messages delivered] of each topic, as this page saw them. */
const past = new Map();

/** Without packages and the classes around it; what a lambda is called says nothing. */
const className = name => name.split('.').at(-1).replace(/\$\$Lambda.*/, '').split('$').at(-1);

function rate(topic, time, delivered) {
  const known = [...(past.get(topic) ?? []), [time, delivered]].slice(-KEPT);
  past.set(topic, known);
  const [[since, before]] = known;
  return time > since && delivered >= before ? (delivered - before) / (time - since) : 0;
}

/** A row for each topic or pattern with a listener. */
export function showTopics(node) {
  const listeners = node.snapshots.Gossip?.listeners ?? [];
  const topics = [...new Set(listeners.map(each => each.topics))].sort();
  byId('topics-none').hidden = topics.length > 0;
  reconcile(byId('topic-rows'), topics, topic => topic, topic => make('tr', {}, make('th', {scope: 'row'},
      make('a.mono', {href: '#/topics'}, topic)), make('td.number'), make('td.number'), make('td.number')),
  (row, topic) => {
    const own = listeners.filter(each => each.topics === topic);
    const sum = name => own.reduce((all, each) => all + each[name], 0);
    text(row.cells[1], perSecond(rate(topic, Date.parse(node.time) / 1000, sum('delivered'))));
    text(row.cells[2], exact(sum('queued')));
    row.cells[2].className = own.some(each => each.slow) ? 'number warn' : 'number';
    text(row.cells[3], exact(own.length));
  });
}

function showListeners(listeners) {
  reconcile(byId('listeners'), listeners.map((each, i) => ({...each, key: `${i} ${each.name} ${each.topics}`})),
      each => each.key, each => make('li', {}, make('span.mono', {title: each.name}, className(each.name)),
          make('span.sub', {}, each.topics), make('progress', {'aria-label': `Queue of ${each.name}`}),
          make('span.number'), make('span.error')), (item, each) => {
        item.children[2].max = each.capacity;
        item.children[2].value = each.queued;
        text(item.children[3], `${each.queued} of ${each.capacity}`);
        text(item.children[4], [each.slow ? 'slow' : '', each.dropped > 0 ? `${exact(each.dropped)} dropped` : '']
            .filter(Boolean).join(', '));
      });
}

export function show(node) {
  const listeners = node.snapshots.Gossip?.listeners ?? [];
  byId('listeners-none').hidden = listeners.length > 0;
  showListeners(listeners);
}
