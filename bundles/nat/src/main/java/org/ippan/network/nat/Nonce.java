// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ippan.network.api.state.FileErrors;
import org.ippan.network.api.state.StateDirectory;
import org.ippan.network.nat.udp.Pcp;

/** Keeps the nonce of PCP over restarts: with another one, a router takes a node for a stranger. Stateless. */
final class Nonce {

    private static final String FILE = "pcp-nonce";

    private Nonce() {
    }

    /** The one that is kept, or a fresh one that is kept from now on. */
    static byte[] of(StateDirectory state, Supplier<byte[]> fresh, Consumer<String> warn) {
        try {
            Optional<byte[]> kept = state.read(FILE, Pcp.NONCE_LENGTH)
                    .filter(bytes -> bytes.length == Pcp.NONCE_LENGTH);
            if (kept.isPresent()) {
                return kept.get();
            }
            byte[] made = fresh.get();
            state.write(FILE, made);
            return made;
        } catch (IOException e) {
            warn.accept("The nonce of PCP cannot be kept: after a restart the router holds old mappings until their"
                    + " leases end. error=" + FileErrors.words(e));
            return fresh.get();
        }
    }
}
