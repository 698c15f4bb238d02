// SPDX-License-Identifier: Apache-2.0
/**
 * UPnP Internet Gateway Device 1 and 2: finding the router, reading what it offers, ordering mappings. Nothing that is
 * heard is believed but from the address that answered, and everything has a bound. The keeper of mappings calls it; it
 * runs on its thread, which waits, and on one that ends what takes too long.
 */
package org.ippan.network.nat.upnp;
