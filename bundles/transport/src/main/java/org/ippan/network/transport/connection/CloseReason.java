// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.connection;

import java.io.IOException;
import javax.net.ssl.SSLException;
import org.ippan.network.api.TimerThreads;
import org.ippan.network.api.transport.CloseCause;
import org.ippan.network.transport.io.Texts;

/** Why a connection ended: the first that is noted counts. Confined to the connection's event loop. */
final class CloseReason {

    private CloseCause cause;
    private String detail;

    void note(CloseCause how, String text) {
        if (cause == null) {
            cause = how;
            detail = text;
        }
    }

    /** The other end closed without a word, perhaps before any could be said. */
    void noteClosedByPeer(boolean opened) {
        note(CloseCause.REMOTE, opened ? "closed by the peer" : "closed by the other end before the handshake: it"
                + " refuses connections from here just now, or is no node");
    }

    /**
     * Notes what was thrown.
     *
     * @param open whether the connection was open already
     * @param heard whether a frame came from the peer
     * @return whether the fault is in this program, which then has to be told
     */
    boolean noteFailure(Throwable failure, boolean open, boolean heard) {
        Throwable root = failure.getCause() instanceof SSLException ? failure.getCause() : failure;
        if (root instanceof SSLException && !heard) {
            note(CloseCause.NOT_OURS, "TLS failed: " + Texts.clean(root));
        } else if (root instanceof IOException) {
            note(open ? CloseCause.RESET : CloseCause.REMOTE, Texts.clean(root));
        } else {
            TimerThreads.tellIfOutOfMemory(root);
            note(CloseCause.LOCAL, "internal error: " + failure);
            // A bundle that is replaced while it is called cannot load its classes any more.
            return !(root instanceof LinkageError);
        }
        return false;
    }

    CloseCause cause() {
        return cause;
    }

    String detail() {
        return detail;
    }
}
