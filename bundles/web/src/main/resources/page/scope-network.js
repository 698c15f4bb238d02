// SPDX-License-Identifier: Apache-2.0
// What the Overview says where the whole network is known.

import {bytes, duration, perSecond} from './format.js';
import {worstFirst} from './findings.js';
import {age, isUp, lasting, topicsOf} from './network.js';
import {PEER_CHECKS, copiesTile, durationTile, missedText} from './scope-node.js';
import {NODE_STATES, byState} from './states.js';

/** Whom an operator is told of; who is gone is a finding of this node's own. */
const SICK = ['fail', 'warn', 'stale'];
/** Records have no room for advice, and no order travels through the network. */
const ADVICE = {stale: 'Check its load, its machine and the lines to it.'};
const ITS_OWN = 'Its own page says what to do, and so does ippan:doctor there.';
/** What a record costs each node, announcements included, in bytes. */
const RECORD_BYTES = 1000;

const sum = (nodes, name) => nodes.reduce((all, each) => all + each.numbers[name], 0);
/** Those that left are none of the network's any more. */
const present = (counts, all) => all - counts.left;
const of = (some, all, one, more) => `${some === 1 ? `one of ${all} nodes ${one}` : `${some} of ${all} nodes ${more}`}.`;

function sentence(node, counts, all) {
  if (node.snapshots.Network.split) {
    return 'The network may be split: many nodes went within a minute.';
  }
  const begin = 'The network carries messages; ';
  const uneasy = counts.warn + counts.stale;
  return counts.gone > 0 ? begin + of(counts.gone, all, 'is gone', 'are gone')
      : counts.fail > 0 ? begin + of(counts.fail, all, 'fails', 'fail')
      : uneasy > 0 ? begin + of(uneasy, all, 'needs attention', 'need attention')
      : counts.silent > 0 && counts.silent === all - 1 ? `${begin}this node is well, and ${counts.silent === 1 ? 'the other tells' : 'the others tell'} nothing.`
      : counts.silent > 0 ? `${begin}all ${all - counts.silent} nodes that tell are well.`
      : `${begin}all ${all} nodes are well.`;
}

const status = (node, counts) => node.health.status === 'fail' || node.snapshots.Network.split || counts.fail > 0 ? 'fail'
    : node.health.status === 'warn' || counts.gone + counts.warn + counts.stale > 0 ? 'warn' : 'ok';

/** Where the documents say what to do at such a node. */
const section = each => each.state === 'stale' ? 'node-stale' : each.findings[0]?.check ?? 'other-nodes';

/** The other nodes that are not well, each in a row of its own. What a node calls itself is the name of no check. */
const others = nodes => nodes.filter(each => !each.own && SICK.includes(each.state)).map(each => ({node: each.name, check: '',
  severity: each.state, text: each.why || each.findings.map(finding => finding.text).join(' '), advice: ADVICE[each.state] ?? ITS_OWN,
  lasting: lasting(each), href: `#/network/${each.id}`, help: section(each)}));

/** Why this node tells the others nothing; empty if it tells them. */
const unshared = ({snapshots: {Network: {sharing, sharingReason}}}) => sharing === false
  ? ` This node tells the others nothing: ${sharingReason}` : '';

/** As {@code nodeScope}, of all nodes. */
export function networkScope(node, found, past, nodes) {
  const counts = byState(nodes, NODE_STATES);
  const up = nodes.filter(isUp);
  const oldest = Math.max(0, ...up.filter(each => !each.own).map(age));
  const fresh = sum(up, 'newPerSecond');
  const carried = (fresh + sum(up, 'publishedPerSecond')) / Math.max(1, up.length);
  const {interval} = node.snapshots.Network;
  return {
    status: status(node, counts), counts, topics: topicsOf(nodes),
    found: worstFirst([...found, ...others(nodes)]),
    title: sentence(node, counts, present(counts, nodes.length)),
    more: missedText(sum(up, 'missed'), ' by a node that is up')
        + (up.length > 1 ? ` What is told here is at most ${duration(oldest)} old.` : '') + unshared(node),
    tiles: [
      {name: 'Nodes up', checks: ['network', ...PEER_CHECKS], shown: [String(up.length), `of ${present(counts, nodes.length)}`]},
      {name: 'New messages', checks: ['dedup-capacity', 'dedup-window'], shown: perSecond(carried).split(' ')},
      durationTile(Math.max(0, ...up.map(each => each.numbers.ageMillis)) / 1000, up.length > 0),
      copiesTile(sum(up, 'copiesPerSecond'), fresh),
      {name: 'Queued in the network', checks: ['backlog'], shown: bytes(sum(up, 'queuedBytes')).split(' ')},
      {name: 'Spent on this view', checks: [],
        shown: `${bytes(Math.round(nodes.length * RECORD_BYTES / interval))}/s`.split(' ').concat('a node')},
    ],
  };
}
