// SPDX-License-Identifier: Apache-2.0
/**
 * The command that asks the network after a message. The console of Karaf calls it. It runs on the thread of the
 * session that asks, and waits there for answers.
 */
package org.ippan.network.shell.trace;
