// SPDX-License-Identifier: Apache-2.0
/**
 * What survives a restart: bans by hand, and the scores of peers, as they are written to the file. The core of the
 * bundle calls it. Bans may be read on any thread; the file is read at the start and written on the bundle's timer
 * thread.
 */
package org.ippan.network.reputation.saved;
