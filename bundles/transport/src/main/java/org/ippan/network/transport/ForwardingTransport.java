// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.codec.PayloadCodecs;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.ConnectionAcceptor;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.NodeIdentity;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.api.transport.TransportSnapshot;

/** Passes every call on to the core, so that the component beside it holds nothing but its life cycle. */
abstract class ForwardingTransport implements Transport, PayloadCodecs {

    /** Who does the work. */
    abstract NettyTransport core();

    @Override
    public NodeIdentity identity() {
        return core().identity();
    }

    @Override
    public Optional<PeerAddress> listenAddress() {
        return core().listenAddress();
    }

    @Override
    public boolean authenticated() {
        return core().authenticated();
    }

    @Override
    public Listening listen(ConnectionAcceptor acceptor) {
        return core().listen(acceptor);
    }

    @Override
    public void connect(PeerAddress address, ConnectionHandler handler) {
        core().connect(address, handler);
    }

    @Override
    public int codecs() {
        return core().codecs().codecs();
    }

    @Override
    public byte[] compress(int codec, byte[] raw) {
        return core().codecs().compress(codec, raw);
    }

    @Override
    public boolean inflate(int codec, ByteBuffer packed, byte[] raw) throws ProtocolException {
        return core().codecs().inflate(codec, packed, raw);
    }

    @Override
    public TransportSnapshot snapshot() {
        return core().snapshot();
    }
}
