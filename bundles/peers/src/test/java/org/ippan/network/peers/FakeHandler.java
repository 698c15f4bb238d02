// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.FrameType;

/** A protocol of two frame types that writes down what it is told. */
class FakeHandler implements ProtocolHandler, FrameReceiver, Fill {

    final List<String> told = new ArrayList<>();
    final List<PeerLink> links = new ArrayList<>();
    RuntimeException throwing;
    Error error;
    String malformed;
    int batches;
    /** A frame to be pulled, with its header. */
    byte[] message;

    @Override
    public Set<FrameType> frameTypes() {
        return Set.of(FrameType.GOSSIP, FrameType.PRUNE);
    }

    @Override
    public int maxMessageBytes() {
        return 5000;
    }

    @Override
    public FrameReceiver linkUp(PeerLink link, boolean fresh) {
        links.add(link);
        told.add(fresh ? "up fresh" : "up");
        return this;
    }

    @Override
    public void frame(FrameType type, int flags, ByteBuffer body) throws ProtocolException {
        told.add(type + " " + flags + " " + body.remaining());
        if (throwing != null) {
            throw throwing;
        }
        if (error != null) {
            throw error;
        }
        if (malformed != null) {
            throw new ProtocolException(malformed);
        }
    }

    @Override
    public void readComplete() {
        batches++;
    }

    /** Writes one message if there is one. */
    @Override
    public Fill fill(FrameTarget target, FrameClass lowest) {
        if (throwing != null) {
            throw throwing;
        }
        if (message == null) {
            return null;
        }
        target.copy(message, 0, message.length);
        message = null;
        return this;
    }

    @Override
    public FrameClass frameClass() {
        return FrameClass.NORMAL;
    }

    @Override
    public void taken() {
        told.add("taken");
    }

    @Override
    public void down() {
        told.add("down");
    }
}
