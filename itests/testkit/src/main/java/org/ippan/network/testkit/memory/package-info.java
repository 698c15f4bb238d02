// SPDX-License-Identifier: Apache-2.0
/**
 * A network in memory for tests of applications: nodes with the service that applications use, whose time is moved by
 * hand. Tests of projects that depend on this one call it, and so do the examples. Everything runs on the thread of the
 * test.
 */
package org.ippan.network.testkit.memory;
