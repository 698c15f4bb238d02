// SPDX-License-Identifier: Apache-2.0
/**
 * What an operator may write about the web bundle, and the checked values the code works with. The component reads
 * it from the configuration, and the other packages of this bundle read the values. Values are immutable, so any
 * thread may use them.
 */
package org.ippan.network.web.settings;
