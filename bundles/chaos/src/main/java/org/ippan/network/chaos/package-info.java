// SPDX-License-Identifier: Apache-2.0
/**
 * Faults on purpose: messages that are lost or held back on the links of this node, for a time. The container calls the
 * component, and the peers bundle asks the faults. Faults are asked on the I/O threads of links; everything else runs
 * on the container's threads and one timer.
 */
package org.ippan.network.chaos;
