// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.complete;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.api.peers.PeerDirectory;

/** Aliases and addresses. */
@Service
public final class AddressCompleter extends Suggestions {

    @Override
    Stream<String> now() {
        return services.find(PeerDirectory.class).stream().flatMap(directory -> directory.peers().stream())
                .flatMap(peer -> Stream.of(peer.alias(), peer.address().toString()));
    }
}
