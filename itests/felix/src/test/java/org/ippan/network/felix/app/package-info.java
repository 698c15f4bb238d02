// SPDX-License-Identifier: Apache-2.0
/**
 * An application as a bundle of its own, compiled against the api only. {@code RestartedNode} packs it into a jar and
 * installs it, so that it goes and comes with the api as real applications do. Runs on threads of its own and of
 * gossip.
 */
package org.ippan.network.felix.app;
