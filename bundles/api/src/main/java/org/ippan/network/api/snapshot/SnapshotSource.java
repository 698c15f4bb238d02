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

    /**
     * Service property, required: the short name the snapshot is shown under, for example {@code Dedup}. Letters,
     * digits and {@code _}, and not {@code Node}, {@code Peer} or {@code PeerSettings}; behind a dot stands which of
     * several of one kind it is. A service under another name, under that of a bundle of the network in whatever case,
     * or under one that another service has, is not shown, which is a finding.
     */
    String NAME = "ippan.name";

    /**
     * What the service tells now.
     *
     * @return an immutable record, every component annotated with {@link Measure}
     */
    Record snapshot();
}
