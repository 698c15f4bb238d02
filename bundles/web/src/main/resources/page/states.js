// SPDX-License-Identifier: Apache-2.0
// The states of peers and of nodes, each with one word and one shape on every view.

/** Of peers, in the order in which they are shown. */
export const PEER_STATES = ['connected', 'dialling', 'waiting', 'left', 'lost', 'banned'];

/** Of nodes, as this node sees them: the first three by their own word. */
export const NODE_STATES = ['ok', 'warn', 'fail', 'stale', 'gone', 'left', 'silent'];

/** Peers an operator asks about; addresses that are only known are many, and nothing is wrong with them. */
export const concerning = peers => peers.filter(peer => peer.configured || peer.state !== 'waiting');

/** How many are in each state. */
export const byState = (all, states) => Object.fromEntries(states.map(state => [state,
  all.filter(each => each.state === state).length]));

/** For example "4 connected, 1 lost". */
export const listed = counts => Object.entries(counts).filter(([state, count]) => count > 0 || state === 'connected')
    .map(([state, count]) => `${count} ${state}`).join(', ');
