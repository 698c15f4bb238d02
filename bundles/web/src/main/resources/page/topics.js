// SPDX-License-Identifier: Apache-2.0
// Topics: what is carried of each, who listens, and what waits.

import {byId, bytes, count, exact, make, perSecond, reconcile, text} from './format.js';
import {allNodes, knowsNetwork, refreshNetwork, topicsOf} from './network.js';

/** Rates are taken over so many answers of the node. */
const KEPT = 10;
/** Stands for all topics beyond those that are counted each. */
const OTHER = 'other';
/** Other nodes may name as many as they like. */
const MOST_EVERYWHERE = 100;
/** What the network tells of itself. */
const RESERVED = 'ippan/';

/** [time, messages] of each topic and event, as this page saw them. */
const past = new Map();

/** Without packages and the classes around it; what a lambda is called says nothing. */
const className = name => name.split('.').at(-1).replace(/\$\$Lambda.*/, '').split('$').at(-1);

/** How much came in a second; null while that is not known. */
function rate(key, time, messages) {
  const known = [...(past.get(key) ?? []), [time, messages]].slice(-KEPT);
  past.set(key, known);
  const [[since, before]] = known;
  return time > since ? Math.max(0, messages - before) / (time - since) : null;
}

/** Whether a topic is meant by a pattern of a listener: name, prefix/* or *. */
const matches = (topic, patterns) => patterns.split(',').some(pattern => {
  const wanted = pattern.trim();
  return wanted === topic || wanted === '*' || wanted.endsWith('/*') && topic.startsWith(wanted.slice(0, -1));
});

/** What is known of each topic that messages came or were published of, the busiest first. */
function topics(node) {
  const {topics = [], listeners = []} = node.snapshots.Gossip ?? {};
  const time = Date.parse(node.time) / 1000;
  return topics.map(({topic, messages, bytes: size}) => {
    const own = topic === OTHER ? [] : listeners.filter(each => matches(topic, each.topics));
    return {topic, ...Object.fromEntries(['new', 'delivered', 'published'].map(event =>
      [event, rate(`${event} ${topic}`, time, messages[event])])), listeners: own.length,
    bytes: rate(`bytes ${topic}`, time, size), waiting: own.reduce((sum, each) => sum + each.queued, 0), slow: own.some(each => each.slow)};
  }).sort((a, b) => (a.topic === OTHER) - (b.topic === OTHER) || b.new + b.published - a.new - a.published
      || (a.topic < b.topic ? -1 : 1));
}

const shown = value => value === null ? '–' : perSecond(value);

const COLUMNS = {new: each => shown(each.new), delivered: each => shown(each.delivered),
  published: each => shown(each.published),
  bytes: each => each.bytes === null ? '–' : `${bytes(Math.round(each.bytes))}/s`, waiting: each => exact(each.waiting),
  listeners: each => each.everywhere ? `${exact(each.everywhere.listeners)} on ${count(each.everywhere.nodes, 'node')}`
      : each.listeners === 0 ? 'none' : exact(each.listeners)};

/**
 * Rows of topics in the body of a table.
 *
 * @param body of the table
 * @param columns which
 * @param most at most so many rows
 * @param everywhere who listens in the whole network, by topic, where that is known
 * @return how many rows there are
 */
export function showTopics(node, body, columns, most = Infinity, everywhere = null) {
  // What the network tells of itself is of interest only where all topics are.
  const wanted = each => most === Infinity || !each.topic.startsWith(RESERVED);
  const rows = topics(node).filter(wanted).slice(0, most).map(each => ({...each, everywhere: everywhere?.get(each.topic)}));
  reconcile(body, rows, each => each.topic, each => make('tr', {},
      make('th.mono', {scope: 'row'}, each.topic), ...columns.map(() => make('td.number'))), (row, each) => {
    columns.forEach((column, i) => text(row.cells[i + 1], COLUMNS[column](each)));
    row.classList.toggle('slow', each.slow);
  });
  return rows.length;
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

/** What all nodes tell, each of its own listeners. */
function showEverywhere(known) {
  const busiest = [...known].sort(([a, one], [b, other]) => other.sum - one.sum || (a < b ? -1 : 1)).slice(0, MOST_EVERYWHERE);
  byId('network-topics-none').hidden = busiest.length > 0;
  reconcile(byId('everywhere'), busiest, ([topic]) => topic, ([topic]) => make('tr', {},
      make('th.mono', {scope: 'row'}, topic), make('td.number'), make('td.number'), make('td.number')),
  (row, [, each]) => [perSecond(each.sum), exact(each.listeners), exact(each.nodes)].forEach((value, i) =>
    text(row.cells[i + 1], value)));
}

export function show(node) {
  const listeners = node.snapshots.Gossip?.listeners ?? [];
  byId('all-topics-none').hidden = showTopics(node, byId('all-topics'),
      ['new', 'delivered', 'published', 'bytes', 'waiting', 'listeners']) > 0;
  byId('listeners-none').hidden = listeners.length > 0;
  showListeners(listeners);
  byId('network-topics').hidden = !knowsNetwork(node);
  showEverywhere(knowsNetwork(node) ? topicsOf(allNodes()) : new Map());
}

export async function refresh(anew, node) {
  if (knowsNetwork(node)) {
    await refreshNetwork();
  }
}
