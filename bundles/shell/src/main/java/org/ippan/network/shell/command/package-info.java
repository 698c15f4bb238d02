// SPDX-License-Identifier: Apache-2.0
/**
 * What commands have in common: the services, how answers are written, questions before something is taken away. The
 * commands extend it. It runs on the thread of the session that asks.
 */
package org.ippan.network.shell.command;
