// SPDX-License-Identifier: Apache-2.0
/**
 * What an operator may write about the survey, and the checked values the code works with. The component reads it from
 * the configuration, and the core gets the values. Values are immutable, so any thread may use them.
 */
package org.ippan.network.survey.settings;
