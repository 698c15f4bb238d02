// SPDX-License-Identifier: Apache-2.0
/**
 * Answers an operator's questions about this node: what is wrong, why a peer is away or banned, where a setting
 * comes from. JMX, the shell, the page and the health checks call it through the service of the api. Callers wait
 * for the answer on their own thread; probes of addresses run on threads of the bundle.
 */
package org.ippan.network.doctor;
