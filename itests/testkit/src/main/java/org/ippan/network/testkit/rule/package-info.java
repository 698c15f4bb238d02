// SPDX-License-Identifier: Apache-2.0
/**
 * Rules that hold for several parts of the product, each stated once and tried on each part. Tests of the bundles call
 * them with an adapter of their own. Everything runs on the thread of the test.
 */
package org.ippan.network.testkit.rule;
