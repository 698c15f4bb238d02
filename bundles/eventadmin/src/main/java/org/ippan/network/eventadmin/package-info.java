// SPDX-License-Identifier: Apache-2.0
/**
 * Events of OSGi Event Admin at all nodes: those of chosen topics are published, and those of other nodes handed to
 * Event Admin here. Event Admin and gossip call it. It runs on their threads for handlers and listeners, and has none
 * of its own.
 */
package org.ippan.network.eventadmin;
