// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.deliver;

/** A listener of ours that calls one of an application, which is the one that operators have to read of. */
@FunctionalInterface
public interface StandIn {

    /** The application's own object. */
    Object application();
}
