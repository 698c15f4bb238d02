// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.transport;

/** How a connection ended. */
public enum CloseCause {
    /** We closed it. */
    LOCAL,
    /** The peer closed it in good order. */
    REMOTE,
    /** It was reset, or broke. */
    RESET,
    /** The peer spoke another protocol, or TLS failed: nothing else was heard from it. */
    NOT_OURS
}
