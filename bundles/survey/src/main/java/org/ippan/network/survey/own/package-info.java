// SPDX-License-Identifier: Apache-2.0
/**
 * This node as its own record tells it: its links, what its doctor finds, what it counts, and whether strangers may
 * hear of it. The core of the bundle asks once a second. It runs on {@code ippan-survey-timer}, reads snapshots of
 * other services, and copes with the absence of each.
 */
package org.ippan.network.survey.own;
