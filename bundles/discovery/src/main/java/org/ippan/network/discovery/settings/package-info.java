// SPDX-License-Identifier: Apache-2.0
/**
 * What an operator may write about each source, and the checked values the code works with. The components read it
 * from their configurations, and the sources get the values. Values are immutable, so any thread may use them.
 */
package org.ippan.network.discovery.settings;
