// SPDX-License-Identifier: Apache-2.0
/**
 * The node over JMX: which MBeans there are, what they do, and the notifications and events they send. Declarative
 * Services calls it when services come and go, and JMX clients call the MBeans. MBeans answer on the client's
 * thread; periodic work runs on the bundle's own timer thread.
 */
package org.ippan.network.management;
