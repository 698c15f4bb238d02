// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.event;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whiteboard service that is told of decisions, by one thread of each bundle at a time, in order. What comes while 1024
 * events of a bundle wait for it is dropped. One that throws is isolated, logged and named by the doctor.
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
