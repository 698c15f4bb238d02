// SPDX-License-Identifier: Apache-2.0
/**
 * The services that commands ask, and how answers are written: as tables, lines or JSON. Commands and completers of
 * this bundle call it. It runs on the thread of the shell session and keeps nothing between two calls.
 */
package org.ippan.network.shell.output;
