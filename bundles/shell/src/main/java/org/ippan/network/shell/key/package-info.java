// SPDX-License-Identifier: Apache-2.0
/**
 * The command that makes secrets, which needs no node. The console of Karaf calls it. It runs on the thread of the
 * session that asks.
 */
package org.ippan.network.shell.key;
