// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.survey;

import java.util.List;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.osgi.annotation.versioning.ProviderType;

/** The whole network as this node knows it, renewed once a second. Safe for any thread; nothing blocks. */
@ProviderType
public interface NetworkView extends SnapshotSource {

    /** {@return all nodes of the view, this one included: what needs a look first, then by name} */
    List<NetworkNode> nodes();

    /**
     * The nodes that changed.
     *
     * @param since {@link NetworkChanges#revision()} of the last answer; 0 for all nodes
     * @return all nodes too if the view no longer knows what changed since then
     */
    NetworkChanges changes(long since);

    @Override
    NetworkSnapshot snapshot();
}
