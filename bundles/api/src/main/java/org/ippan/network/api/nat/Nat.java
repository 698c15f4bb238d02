// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.nat;

import org.ippan.network.api.snapshot.SnapshotSource;
import org.osgi.annotation.versioning.ProviderType;

/** Has a router pass connections on to this node. Safe for any thread. */
@ProviderType
public interface Nat extends SnapshotSource {

    /** Asks the router again for all mappings, in the background; returns at once. */
    void renew();

    @Override
    NatSnapshot snapshot();
}
