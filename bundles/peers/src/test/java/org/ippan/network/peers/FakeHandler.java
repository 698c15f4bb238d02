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
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/** A protocol of two frame types that writes down what it is told. */
final class FakeHandler implements ProtocolHandler, FrameReceiver {

    final List<String> told = new ArrayList<>();
    final List<PeerLink> links = new ArrayList<>();
    RuntimeException throwing;
    String malformed;

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
        if (malformed != null) {
            throw new ProtocolException(malformed);
        }
    }

    @Override
    public void dropped(OutboundFrame frame) {
        told.add("dropped");
    }

    @Override
    public void written(OutboundFrame frame) {
        told.add("written");
    }

    @Override
    public void writable() {
        told.add("writable");
    }

    @Override
    public void down() {
        told.add("down");
    }
}
