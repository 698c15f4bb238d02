// SPDX-License-Identifier: Apache-2.0
/**
 * Parses the options of the command line, and reads files with secrets, which no command line should hold. The
 * commands parse their options with it, and the launcher reads the secrets. Only the main thread uses it, before a
 * node starts.
 */
package org.ippan.network.node.arguments;
