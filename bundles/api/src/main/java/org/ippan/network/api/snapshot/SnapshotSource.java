// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.snapshot;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A service that tells about itself. Every bundle with something to count publishes one, with the service property
 * {@link #NAME}; leaves show all of them without knowing any.
 */
@ProviderType
@FunctionalInterface
public interface SnapshotSource {

    /** Service property: the short name the snapshot is shown under, for example {@code Dedup}. */
    String NAME = "ippan.name";

    /**
     * What the service tells now.
     *
     * @return an immutable record, every component annotated with {@link Measure}
     */
    Record snapshot();
}
