// SPDX-License-Identifier: Apache-2.0
/**
 * Records for a node that joins: the question, the answers, and the frames that carry them. The peers bundle calls it
 * for each link, and it asks the core of the bundle for records. Frames come on I/O threads; records are read and
 * written on {@code ippan-survey-timer}.
 */
package org.ippan.network.survey.retell;
