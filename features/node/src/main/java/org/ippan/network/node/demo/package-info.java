// SPDX-License-Identifier: Apache-2.0
/**
 * The command {@code demo}: starts nodes as processes on this machine and shows their counters in a table. The main
 * class calls it. It runs on the main thread; a separate thread reads the output of each node.
 */
package org.ippan.network.node.demo;
