// SPDX-License-Identifier: Apache-2.0
/**
 * The way of a message through the network: questions after it, the answers of the nodes, and the tree made of them.
 * Gossip calls it for each question and answer, and JMX, the shells and HTTP ask. Those come on threads of gossip for
 * validators; what is sent is sent on {@code ippan-survey-timer}, and a question on the thread of the client.
 */
package org.ippan.network.survey.trace;
