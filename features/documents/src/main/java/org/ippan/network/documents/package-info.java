// SPDX-License-Identifier: Apache-2.0
/**
 * Documents as pages of the node. Maven calls it while the bundle {@code web} is built; no node has it. All on one
 * thread.
 */
package org.ippan.network.documents;
