// SPDX-License-Identifier: Apache-2.0
/**
 * What tests are made of: manual time, seeded chance, a simulated network and checked bytes. Tests of all modules
 * call it. Everything runs on the thread of the test, which also moves the time.
 */
package org.ippan.network.testkit;
