// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.connection;

import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.net.ssl.SSLException;
import org.ippan.network.api.TimerThreads;
import org.ippan.network.api.transport.CloseCause;
import org.ippan.network.transport.io.Texts;

/** Why a connection ended: the first that is noted counts. Confined to the connection's event loop. */
final class CloseReason {

    private static final String HTTP = HexFormat.of().formatHex("HTTP/".getBytes(StandardCharsets.US_ASCII));
    private static final String PREFACE = HexFormat.of().formatHex("IPPAN/".getBytes(StandardCharsets.US_ASCII));

    private CloseCause cause;
    private String detail;

    void note(CloseCause how, String text) {
        if (cause == null) {
            cause = how;
            detail = text;
        }
    }

    /**
     * The other end closed without a word, perhaps before any could be said.
     *
     * @param opened whether there was a stream
     * @param awaited who had to answer before there could be one, or empty
     */
    void noteClosedByPeer(boolean opened, String awaited) {
        if (opened) {
            note(CloseCause.REMOTE, "closed by the peer");
        } else {
            note(CloseCause.REMOTE, awaited.isEmpty() ? "closed by the other end before the handshake: it refuses"
                    + " connections from here just now, or is no node" : awaited + " closed without an answer");
        }
    }

    /** What is to be noted when the time of all handshakes is over. */
    static String tooLong(String awaited) {
        return "the handshake took too long" + (awaited.isEmpty() ? "" : ": " + awaited + " does not answer");
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
            note(CloseCause.NOT_OURS, "TLS failed: " + (root instanceof NotSslRecordException
                    ? otherProtocol(root.getMessage()) : ofTls(root)));
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

    private static String ofTls(Throwable failure) {
        return Texts.isNoProtocol(failure) ? "a server of TLS that is no node is there" : Texts.clean(failure);
    }

    /** The message has what came instead, in hex digits. */
    private static String otherProtocol(String message) {
        if (message.contains(HTTP)) {
            return "HTTP is spoken there; a peer inside WebSocket has a ws:// or wss:// address";
        }
        return message.contains(PREFACE) ? "a node with tls = false is there" : "another protocol is spoken there";
    }

    CloseCause cause() {
        return cause;
    }

    String detail() {
        return detail;
    }
}
