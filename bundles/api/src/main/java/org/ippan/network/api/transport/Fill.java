// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.transport;

import org.osgi.annotation.versioning.ConsumerType;

/** What one fill wrote: whole frames of one class. Called on the connection's I/O thread. */
@ConsumerType
public interface Fill {

    /**
     * The class of its frames, by which a rate counts them.
     *
     * @return any but {@link FrameClass#CONTROL}
     */
    FrameClass frameClass();

    /** The socket took all of it. Fills are taken in their order, and none after the connection ended. */
    void taken();
}
