// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import java.util.Optional;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.peers.PeerDirectory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * The part of the shell that knows who this node is, from the peers bundle. Asked for at each call: a reference would
 * make a circle, as that bundle has one to this. Safe for any thread.
 *
 * @param context finds the service
 */
record OwnIdComponent(BundleContext context) {

    /** Whether an id is this node's own; unknown while there are no peers. */
    boolean is(PeerId id) {
        ServiceReference<PeerDirectory> directory = context.getServiceReference(PeerDirectory.class);
        if (directory == null) {
            return false;
        }
        try {
            return Optional.ofNullable(context.getService(directory)).flatMap(PeerDirectory::localId)
                    .filter(id::equals).isPresent();
        } finally {
            context.ungetService(directory);
        }
    }
}
