// SPDX-License-Identifier: Apache-2.0
/**
 * Watches memory in tests: Netty's buffers, of which those that are not released fail the class that lost them, and
 * what the heap holds. JUnit calls the first around each class of tests, of the modules that name it in
 * {@code META-INF/services}; tests of what something costs call the second. Both run on the thread of those tests.
 */
package org.ippan.network.testkit.leak;
