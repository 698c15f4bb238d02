// SPDX-License-Identifier: Apache-2.0
/**
 * The whole network as this node knows it: the core, the pace of its own records, and the component that the container
 * sees. Gossip calls it for each status record, and JMX, the shells, HTTP and the doctor read its view. Records come on
 * threads of gossip for validators; everything else runs on {@code ippan-survey-timer}.
 */
package org.ippan.network.survey;
