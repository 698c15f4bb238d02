// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.checks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ippan.network.api.state.PrivateFiles;

/** Whether other users can read what only the node's should: its state, and files with secrets. */
public final class SecretChecks {

    private static final int NAMED = 5;

    private final Supplier<List<Path>> places;

    public SecretChecks(Supplier<List<Path>> places) {
        this.places = places;
    }

    public Map<String, Consumer<Findings>> all() {
        return Map.of("secrets", this::secrets);
    }

    private void secrets(Findings findings) {
        List<String> open = places.get().stream().distinct().map(PrivateFiles::exposed).flatMap(List::stream)
                .toList();
        if (!open.isEmpty()) {
            findings.warn("secrets", String.join("; ", open.subList(0, Math.min(NAMED, open.size())))
                    + (open.size() > NAMED ? "; and " + (open.size() - NAMED) + " more" : "") + ".",
                    "Run chmod go= on them, start the node with umask 077, and replace secrets that may have been"
                            + " read.");
        }
    }
}
