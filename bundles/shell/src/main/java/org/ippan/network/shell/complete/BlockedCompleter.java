// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.complete;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.api.peers.BlockedPrefix;
import org.ippan.network.api.peers.PeerDirectory;

/** Addresses that are blocked. */
@Service
public final class BlockedCompleter extends Suggestions {

    @Override
    Stream<String> now() {
        return services.find(PeerDirectory.class).stream().flatMap(peers -> peers.snapshot().blocked().stream())
                .map(BlockedPrefix::prefix);
    }
}
