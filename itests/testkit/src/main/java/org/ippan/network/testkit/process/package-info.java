// SPDX-License-Identifier: Apache-2.0
/**
 * Programs and nodes as real processes of this machine, and a peer over a real socket. Tests of the containers, of
 * clusters and of the page call it. The test's thread waits for a process, always with a bound; the output of a
 * process goes to files.
 */
package org.ippan.network.testkit.process;
