// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.search;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The network this node belongs to, known by its tag: the first 16 bytes of SHA-256("ippan-net/1" ‖ networkId).
 *
 * @param tag gives it; empty while the peers are absent, and then every network is taken for this one
 */
public record Network(Supplier<Optional<byte[]>> tag) {

    private static final int LENGTH = 16;

    /** Whether this network has that name, or that tag in hex digits. */
    public boolean isCalled(String name) {
        return tag.get().map(own -> name.equalsIgnoreCase(HexFormat.of().formatHex(own))
                || Arrays.equals(own, tagOf(name))).orElse(true);
    }

    private static byte[] tagOf(String name) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256")
                    .digest(("ippan-net/1" + name).getBytes(StandardCharsets.UTF_8)), LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
