// SPDX-License-Identifier: Apache-2.0
/**
 * What this node knows of all others: the newest record of each, which links stand, what state follows, and the view
 * made of it. The core of the bundle calls it and guards it by one lock. The view is immutable, and any thread reads
 * it.
 */
package org.ippan.network.survey.table;
