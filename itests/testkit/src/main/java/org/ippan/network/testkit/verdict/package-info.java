// SPDX-License-Identifier: Apache-2.0
/**
 * Every state that the judge of a node can be in, and what the documents say each surface shows of it. The tests of the
 * surfaces go through all of them. Confined to a test's thread.
 */
package org.ippan.network.testkit.verdict;
