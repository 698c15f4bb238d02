// SPDX-License-Identifier: Apache-2.0
/**
 * MBeans made of descriptions: attributes of snapshots and settings, operations, open types and names. The
 * management package above it builds its MBeans with it. It holds no threads of its own; attributes are read and
 * operations are run on the thread of the JMX client.
 */
package org.ippan.network.management.bean;
