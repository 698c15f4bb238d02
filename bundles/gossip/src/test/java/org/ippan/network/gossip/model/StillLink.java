// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.gossip.wire.MessageHeader;
import org.ippan.network.gossip.wire.Packed;
import org.ippan.network.testkit.Peers;

/** A link that carries nothing and notes what it is told. An answer over it takes 11 ms at first. */
public final class StillLink implements PeerLink {

    public final List<String> told = new ArrayList<>();
    /** Whether it takes what it is told. */
    public boolean takes = true;
    public boolean dialled = true;
    public boolean member = true;
    public int maxMessageBytes = 1000;
    public Duration roundTrip = Duration.ofMillis(11);
    private final PeerId peer;

    public StillLink(PeerId peer) {
        this.peer = peer;
    }

    /** What gossip knows of such a link, whose peer knows these codecs. */
    public GossipLink gossip(int slot, int codecs, Room.Share share, Services services) {
        return new GossipLink(this, slot, new MessageCodec.Limits(1000, codecs), share, services);
    }

    public static GossipLink of(int slot, int codecs) {
        return new StillLink(Peers.peer(slot)).gossip(slot, codecs, new Room(() -> { }).share(true), new Services());
    }

    /** A message that came by a link, with the fields of this header but for topic and priority. */
    public static JudgedMessage held(int number, MessageHeader header, int length, Packed packed, GossipLink from) {
        header.topic = Topic.of("t");
        header.priority = Priority.HIGH;
        IdKey id = new IdKey();
        id.set(number, 2, 3, 4);
        return new JudgedMessage(id, header, new byte[length], packed, from, 0);
    }

    @Override
    public PeerId peer() {
        return peer;
    }

    @Override
    public boolean dialled() {
        return dialled;
    }

    @Override
    public boolean isMember() {
        return member;
    }

    @Override
    public boolean offer(OutboundFrame frame) {
        if (takes) {
            told.add("offer " + frame.type());
        }
        return takes;
    }

    @Override
    public void wake() {
        told.add("wake");
    }

    @Override
    public long queuedBytes() {
        return 0;
    }

    @Override
    public int maxMessageBytes() {
        return maxMessageBytes;
    }

    @Override
    public int codecs() {
        return 0;
    }

    @Override
    public long roundTripNanos() {
        return roundTrip.toNanos();
    }

    @Override
    public long timeoutNanos() {
        return TimeUnit.SECONDS.toNanos(1);
    }

    @Override
    public void readable(boolean on) {
        told.add("readable " + on);
    }

    @Override
    public void close(GoodbyeReason reason, String text) {
        told.add(reason + " " + text);
    }
}
