// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.event;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whiteboard service that is told of decisions. Called on threads of the bundle that decided: it returns at once and
 * does not throw; slow work goes elsewhere.
 */
@ConsumerType
@FunctionalInterface
public interface NetworkEventListener {

    /**
     * Something was decided.
     *
     * @param event what
     */
    void onEvent(NetworkEvent event);
}
