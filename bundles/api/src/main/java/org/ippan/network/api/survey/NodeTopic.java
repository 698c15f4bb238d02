// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.survey;

/**
 * A topic that applications of a node listen to.
 *
 * @param name the topic, or the pattern
 * @param perSecond messages a second handed to its listeners
 * @param listeners how many listen to it
 */
public record NodeTopic(String name, long perSecond, int listeners) {
}
