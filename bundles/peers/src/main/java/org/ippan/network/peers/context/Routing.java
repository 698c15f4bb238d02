// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.context;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.transport.FrameType;

/**
 * Which handler takes which frames. Immutable.
 *
 * @param byType the handler of each type that has one
 * @param handlers the handlers that have a type
 * @param own that of this bundle among them; null if there is none
 */
public record Routing(Map<FrameType, ProtocolHandler> byType, List<ProtocolHandler> handlers, ProtocolHandler own) {

    public static final Routing NONE = new Routing(Map.of(), List.of(), null);
    /** What this bundle speaks itself. */
    private static final Set<FrameType> OWN = EnumSet.of(FrameType.HELLO, FrameType.HELLO_ACK, FrameType.GOODBYE,
            FrameType.PING, FrameType.PONG, FrameType.PEERS_REQ, FrameType.PEERS);
    /** Longest payload taken while no handler says what it is. */
    public static final int DEFAULT_MAX_MESSAGE = 1 << 20;

    /** A handler with what it said that it takes when it came: it is asked once. */
    record Offer(ProtocolHandler handler, Set<FrameType> types) {

        static Offer of(ProtocolHandler handler) {
            return new Offer(handler, Set.copyOf(handler.frameTypes()));
        }
    }

    /** Asks each handler what it takes; gives each type to the first that wants it. */
    public static Routing of(List<ProtocolHandler> mostImportantFirst) {
        return among(mostImportantFirst.stream().map(Offer::of).toList());
    }

    /** Gives each type to the first handler that wants it; types this bundle speaks itself go to none. */
    static Routing among(List<Offer> mostImportantFirst) {
        Map<FrameType, ProtocolHandler> byType = new EnumMap<>(FrameType.class);
        List<ProtocolHandler> handlers = new ArrayList<>();
        for (Offer offer : mostImportantFirst) {
            boolean used = false;
            for (FrameType type : offer.types) {
                if (!OWN.contains(type)) {
                    used |= byType.putIfAbsent(type, offer.handler) == null;
                }
            }
            if (used) {
                handlers.add(offer.handler);
            }
        }
        return new Routing(byType, List.copyOf(handlers), null);
    }

    /** The same with a protocol of this bundle beside. */
    public Routing with(ProtocolHandler beside) {
        Map<FrameType, ProtocolHandler> more = new EnumMap<>(FrameType.class);
        more.putAll(byType);
        beside.frameTypes().forEach(type -> more.put(type, beside));
        List<ProtocolHandler> all = new ArrayList<>(handlers);
        all.add(beside);
        return new Routing(more, List.copyOf(all), beside);
    }

    /** Longest payload this node takes. */
    public int maxMessageBytes() {
        ProtocolHandler messages = byType.get(FrameType.GOSSIP);
        return messages == null ? DEFAULT_MAX_MESSAGE : messages.maxMessageBytes();
    }
}
