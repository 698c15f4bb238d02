// SPDX-License-Identifier: Apache-2.0
/**
 * The command that says what a load needs. The console of Karaf calls it. It runs on the thread of the session that
 * asks, and the doctor answers.
 */
package org.ippan.network.shell.size;
