// SPDX-License-Identifier: Apache-2.0
/**
 * What all protocols have in common: a router that maps ports, what it answers, which addresses of it are believed.
 * The keeper of mappings asks it, and the protocols answer. Values are immutable; a router is asked by one thread at a
 * time.
 */
package org.ippan.network.nat.gateway;
