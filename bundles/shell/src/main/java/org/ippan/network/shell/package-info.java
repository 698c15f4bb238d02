// SPDX-License-Identifier: Apache-2.0
/**
 * The commands of the Karaf shell. Karaf makes one instance for each call of a command, and the diagnostic dump
 * calls some of them too. Each runs on the thread of the shell session, which may be interrupted at any time.
 */
package org.ippan.network.shell;
