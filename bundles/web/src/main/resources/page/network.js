// SPDX-License-Identifier: Apache-2.0
// The whole network as this node knows it, kept up to date; nothing where its bundle survey is absent.

import {get} from './node.js';

const nodes = new Map();
let revision = 0;
let now = 0;

const named = (names, values) => Object.fromEntries(names.map((name, i) => [name, values[i]]));

/** Whether the node knows more of the network than its own peers. */
export const knowsNetwork = node => node.snapshots.Network !== undefined;

/** Asks for the nodes that changed. */
export async function refreshNetwork() {
  const table = await get(`/network?since=${revision}`);
  if (table.whole) {
    nodes.clear();
  }
  table.removed.forEach(key => nodes.delete(key));
  for (const row of table.rows) {
    const node = named(table.columns, row);
    node.numbers = named(table.numbers, node.numbers);
    node.findings = node.findings.map(each => named(['check', 'severity', 'text'], each));
    nodes.set(node.key, node);
  }
  ({revision, now} = table);
}

/** All nodes, this one included: {key, id, name, own, state, why, findings, numbers, topics, heard, …}. */
export const allNodes = () => [...nodes.values()];

/** Of nodes whose record still holds. */
const UP = ['ok', 'warn', 'fail', 'stale'];
export const isUp = node => UP.includes(node.state);

/**
 * Who listens to what: name → {delivered, sum, listeners, nodes}: messages a second that the node with most hands to
 * its listeners, and all nodes together do.
 */
export function topicsOf(nodes) {
  const known = new Map();
  for (const [name, rate, listeners] of nodes.filter(isUp).flatMap(each => each.topics)) {
    const before = known.get(name) ?? {delivered: 0, sum: 0, listeners: 0, nodes: 0};
    known.set(name, {delivered: Math.max(before.delivered, rate), sum: before.sum + rate,
      listeners: before.listeners + listeners, nodes: before.nodes + 1});
  }
  return known;
}

/** For how long a node runs, in seconds. */
export const running = node => Math.max(1, now - node.started);

/** For how long a node has been in its state, in seconds. */
export const lasting = node => Math.max(1, now - node.since);

/** How long ago the newest record of a node was signed, in seconds. */
export const age = node => Math.max(0, now - node.heard);
