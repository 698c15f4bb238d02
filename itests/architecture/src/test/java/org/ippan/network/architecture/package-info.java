// SPDX-License-Identifier: Apache-2.0
/**
 * The shape of the code as tests: dependencies, packages, purity of the cores, manifests and documents. The build
 * runs them after all bundles are built. Each runs on the thread of the test runner and only reads.
 */
package org.ippan.network.architecture;
