// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.trace;

/** What nodes send each other to find the way of a message. */
sealed interface Asking permits Question, Answer {
}
