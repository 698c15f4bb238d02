// SPDX-License-Identifier: Apache-2.0
/**
 * Status records: what a node says of itself, as values and as signed bytes. The table reads those of other nodes, and
 * the core of the bundle writes those of this node. All of it is immutable or stateless, so any thread may use it.
 */
package org.ippan.network.survey.record;
