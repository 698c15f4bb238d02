// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.proof;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Makes the bits of keys: of those that were told none can foresee the next. Chance itself is not good enough, as it is
 * chosen to be fast. Confined to one thread.
 */
public final class Keys {

    private final MessageDigest digest;
    private final long secret;
    private long count;

    /** Keys that follow from a secret. */
    public Keys(long secret) {
        this.secret = secret;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The bits of another key. */
    public long next() {
        ByteBuffer seed = ByteBuffer.allocate(2 * Long.BYTES).putLong(secret).putLong(count++);
        return ByteBuffer.wrap(digest.digest(seed.array())).getLong();
    }
}
