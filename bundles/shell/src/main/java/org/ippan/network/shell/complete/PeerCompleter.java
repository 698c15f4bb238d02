// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.complete;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.peers.PeerDirectory;

/** Aliases and first digits of ids. */
@Service
public final class PeerCompleter extends Suggestions {

    @Override
    Stream<String> now() {
        return services.find(PeerDirectory.class).stream().flatMap(directory -> directory.peers().stream())
                .flatMap(peer -> Stream.concat(Stream.of(peer.alias()), peer.id().map(PeerId::shortForm).stream()));
    }
}
