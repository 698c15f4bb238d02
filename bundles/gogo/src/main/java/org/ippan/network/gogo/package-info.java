// SPDX-License-Identifier: Apache-2.0
/** Commands of Gogo, the shell of plain Felix: they ask and order, as those of Karaf do. */
package org.ippan.network.gogo;
