// SPDX-License-Identifier: Apache-2.0
// What the Overview says where only this node and its peers are known.

import {bytes, count, duration, many, perSecond} from './format.js';
import {PEER_STATES, byState, concerning, listed} from './states.js';

const uptime = node => duration((Date.parse(node.time) - Date.parse(node.started)) / 1000);

/** How this node alone fares, whatever is known of others; empty if it takes part. */
export function ownTrouble(node) {
  if (!node.health.ready) {
    return 'This node takes no part in the network.';
  }
  if (node.peers.some(peer => peer.connected)) {
    return '';
  }
  return node.peers.length === 0 ? 'This node has no peers yet.' : 'This node is alone: no peer is connected.';
}

function sentence(node, found) {
  if (node.health.status === 'fail') {
    return 'This node carries messages, but something fails.';
  }
  return found.length === 0 ? 'This node carries messages; all is well.'
      : `This node carries messages; ${found.length === 1 ? 'one thing needs' : `${found.length} things need`
      } attention.`;
}

/** How many messages were missed, and by whom. */
export const missedText = (missed, whom = '') => `${missed === 0 ? 'No message was' : count(missed, 'message')} missed${
  whom} in the last hour.`;

function more(node, counts, past) {
  return node.peers.length === 0
      ? `Dial another node under Peers, set seeds, or wait until others connect to ${node.listenAddress || 'this one'}.`
      : `${listed(counts)}. ${missedText(past.missed())} Up ${uptime(node)}.`;
}

/** Checks of whether peers are there and answer. */
export const PEER_CHECKS = ['peers', 'seeds', 'health', 'shared-identity'];

/** The tiles that both scopes have: each has the checks whose findings colour it. */
export const durationTile = (seconds, known) => ({name: 'Publisher to listener', checks: ['applications', 'timers'],
  shown: known ? [...duration(seconds).split(' '), '99 %'] : ['–', '']});

export const copiesTile = (copies, fresh) => ({name: 'Copies per message', checks: [],
  shown: [fresh > 0 ? (copies / fresh).toFixed(2) : '–', 'besides the first']});

/**
 * What is said.
 *
 * @param node this node
 * @param found what is wrong
 * @param past {mean(name, counter), missed()}: numbers of the last seconds, and of the last hour
 */
export function nodeScope(node, found, past) {
  const shown = concerning(node.peers);
  const counts = byState(shown, PEER_STATES);
  const ages = node.snapshots.Metrics?.deliveryAge;
  return {
    status: node.health.status, counts, found,
    title: ownTrouble(node) || sentence(node, found),
    more: more(node, counts, past),
    tiles: [
      {name: 'Peers connected', checks: PEER_CHECKS,
        shown: [String(counts.connected), `of ${shown.length}`]},
      {name: 'New messages', checks: ['dedup-capacity', 'dedup-window'],
        shown: perSecond(past.mean('Gossip.new', true)).split(' ')},
      durationTile((ages?.p99Millis ?? 0) / 1000, ages?.samples > 0),
      copiesTile(past.mean('Gossip.duplicates', true), past.mean('Gossip.new', true)),
      {name: 'Queued for peers', checks: ['backlog'],
        shown: bytes(Math.round(past.mean('Gossip.outbound.lagBytes', false))).split(' ')},
      {name: 'Missed', checks: ['overrun'], shown: [many(past.missed()), 'in the last hour']},
    ],
  };
}
