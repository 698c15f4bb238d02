// SPDX-License-Identifier: Apache-2.0
// The states of peers, each with one word and one shape on every view.

/** In the order in which they are shown. */
export const STATES = ['connected', 'dialling', 'waiting', 'lost', 'banned', 'left'];

/** Those an operator asks about; addresses that are only known are many, and nothing is wrong with them. */
export const concerning = peers => peers.filter(peer => peer.configured || peer.state !== 'waiting');

/** How many are in each state. */
export const byState = peers => Object.fromEntries(STATES.map(state => [state,
  peers.filter(peer => peer.state === state).length]));

/** For example "4 connected, 1 lost". */
export const listed = counts => STATES.filter(state => counts[state] > 0 || state === 'connected')
    .map(state => `${counts[state]} ${state}`).join(', ');
