// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.jmx;

/** What a JMX client may do. */
enum JmxRole {

    /** Reads attributes and hears notifications. */
    READONLY,

    /** Also sets attributes and calls operations. */
    READWRITE
}
