// SPDX-License-Identifier: Apache-2.0
/**
 * The command {@code run} with the files of lines that it publishes and writes, and what all commands share: the
 * shutdown of the process, exit codes and terminal output. The main class calls it, and the demo uses the shared
 * parts. The main thread waits here; lines are published, written and flushed on separate threads.
 */
package org.ippan.network.node.run;
