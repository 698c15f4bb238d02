// SPDX-License-Identifier: Apache-2.0
/**
 * The keeper of mappings: which ports are wanted, which router maps them, when they are renewed, what peers are told.
 * The component makes it, and the peers bundle and operators ask it. It decides and waits on one thread; what it knows
 * is read by any.
 */
package org.ippan.network.nat.keeper;
