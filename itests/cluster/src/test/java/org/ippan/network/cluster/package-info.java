// SPDX-License-Identifier: Apache-2.0
/**
 * Tests with several real node processes on one machine, with faults between them. The build runs them against the
 * packaged launcher. Each test drives its processes from the thread of the test runner.
 */
package org.ippan.network.cluster;
