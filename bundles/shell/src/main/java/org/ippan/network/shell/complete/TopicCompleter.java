// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.complete;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.api.gossip.Gossip;

/** What listeners of this node listen to. */
@Service
public final class TopicCompleter extends Suggestions {

    @Override
    Stream<String> now() {
        return services.find(Gossip.class).stream().flatMap(gossip -> gossip.snapshot().listeners().stream())
                .flatMap(listener -> Stream.of(listener.topics().split(",\\s*")));
    }
}
