// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.transport;

import org.ippan.network.api.PeerId;
import org.osgi.annotation.versioning.ProviderType;

/** Who this node is: the Ed25519 key it made at its first start. Safe for any thread. */
@ProviderType
public interface NodeIdentity {

    /** {@return the node's id: SHA-256 of the DER SubjectPublicKeyInfo} */
    PeerId id();

    /** {@return the raw public key: a new array of 32 bytes} */
    byte[] publicKey();

    /**
     * Signs with the node's key.
     *
     * @param data what to sign
     * @return 64 bytes, Ed25519
     */
    byte[] sign(byte[] data);
}
