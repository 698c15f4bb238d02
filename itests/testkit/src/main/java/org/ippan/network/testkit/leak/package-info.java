// SPDX-License-Identifier: Apache-2.0
/**
 * Watches Netty's buffers in tests: what is not released fails the class that lost it. JUnit calls it around each class
 * of tests, of the modules that name it in {@code META-INF/services}. It runs on the thread of those tests.
 */
package org.ippan.network.testkit.leak;
