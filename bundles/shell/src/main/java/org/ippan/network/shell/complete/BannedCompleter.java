// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.complete;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.reputation.ReputationManager;

/** Ids of banned peers, whole: the peer may have no other known name. */
@Service
public final class BannedCompleter extends Suggestions {

    @Override
    Stream<String> now() {
        return services.find(ReputationManager.class).stream().flatMap(reputation -> reputation.peers().stream()
                .filter(reputation::shouldBan).map(PeerId::toString));
    }
}
