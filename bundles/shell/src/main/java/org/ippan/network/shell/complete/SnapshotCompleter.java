// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.complete;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Names of snapshots. */
@Service
public final class SnapshotCompleter extends Suggestions {

    @Override
    Stream<String> now() {
        return services.snapshots().keySet().stream();
    }
}
