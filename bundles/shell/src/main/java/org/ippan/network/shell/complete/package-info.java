// SPDX-License-Identifier: Apache-2.0
/**
 * Completion of arguments: addresses, peers, topics, keys and the names of snapshots. Karaf calls it when a user
 * presses the tab key. It runs on the thread of the shell session and only reads.
 */
package org.ippan.network.shell.complete;
