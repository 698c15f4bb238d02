// SPDX-License-Identifier: Apache-2.0
/**
 * Launches a node without a container: an OSGi framework with the bundles of the jar, the configuration, the data
 * directory, and how far the node has come. The command line and the API for programs call it. A call that starts,
 * waits or stops blocks its caller; any thread may ask a launched node.
 */
package org.ippan.network.node.launch;
