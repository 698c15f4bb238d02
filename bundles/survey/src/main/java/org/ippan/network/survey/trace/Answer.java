// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.trace;

import org.ippan.network.api.PeerId;

/**
 * What a node answers to a question.
 *
 * @param node whose key signed it
 * @param to the question
 * @param told of the message
 */
record Answer(PeerId node, Question.Key to, Told told) implements Asking {
}
