// SPDX-License-Identifier: Apache-2.0
/**
 * Commands of Gogo, the shell of plain Felix: they ask and order, as those of Karaf do. The command processor of
 * Gogo calls them. Each runs on the thread of its shell session.
 */
package org.ippan.network.gogo;
