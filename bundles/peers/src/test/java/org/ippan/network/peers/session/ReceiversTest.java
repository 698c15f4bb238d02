// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.peers.context.HandlerCalls;
import org.ippan.network.peers.context.Routing;
import org.ippan.network.testkit.Records;
import org.junit.jupiter.api.Test;

/** Handlers that have a receiver for each link. */
class ReceiversTest {

    private final List<Object> failed = new ArrayList<>();
    private final Rough rough = new Rough();

    /** Throws what it does not declare, as other languages do. */
    private static final class Rough implements ProtocolHandler {

        @Override
        public Set<FrameType> frameTypes() {
            return Set.of(FrameType.GOSSIP);
        }

        @Override
        public int maxMessageBytes() {
            return 1024;
        }

        @Override
        public FrameReceiver linkUp(PeerLink link, boolean fresh) {
            return new FrameReceiver() {
                @Override
                public void frame(FrameType type, int flags, ByteBuffer body) {
                    Rough.<RuntimeException>raise();
                }

                @Override
                public void readComplete() {
                    Rough.<RuntimeException>raise();
                }

                @Override
                public void down() {
                    Rough.<RuntimeException>raise();
                }
            };
        }

        @SuppressWarnings("unchecked")
        private static <T extends Exception> void raise() throws T {
            throw (T) new IOException("no database");
        }
    }

    private Receivers link() {
        HandlerCalls calls = new HandlerCalls(Runnable::run, () -> 0,
                new CallbackFaults(() -> 0, (line, trace) -> { }));
        Receivers receivers = new Receivers(calls, (culprit, failure) -> failed.add(culprit));
        receivers.route(Routing.of(List.of(rough)), Records.service(PeerLink.class,
                Collections.singletonMap("wake", null)), true);
        return receivers;
    }

    /** Else each new link of a peer would bring a line of the log with a stack trace. */
    @Test
    void shouldBlameTheHandlerForWhatItsReceiversThrow() throws ProtocolException {
        List<Receivers> links = List.of(link(), link());

        for (Receivers each : links) {
            assertTrue(each.frame(FrameType.GOSSIP, 0, ByteBuffer.allocate(1)));
            each.readComplete();
            each.down();
        }

        assertEquals(List.of(rough, rough, rough, rough, rough, rough), failed);
    }
}
