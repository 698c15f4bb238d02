// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.peers.context.Handlers;
import org.ippan.network.peers.context.Routing;
import org.junit.jupiter.api.Test;

/** Handlers of applications that cannot say what they take, now or later: the others go on. */
class HandlersTest {

    private final CallbackFaults faults = new CallbackFaults(() -> 0, (line, trace) -> { });
    private final Handlers handlers = new Handlers(faults, now -> routing = now);
    private final FakeHandler handler = new FakeHandler();
    private volatile Routing routing;
    private final CountDownLatch over = new CountDownLatch(1);

    private void put(long id, ProtocolHandler one) {
        handlers.put(one, Map.of("service.id", id));
    }

    @Test
    void shouldGoOnWithTheOtherHandlersWhenOneCannotSayWhatItTakes() {
        FakeHandler broken = new FakeHandler() {
            @Override
            public Set<FrameType> frameTypes() {
                throw new IllegalStateException("no types");
            }
        };
        put(1, broken);

        put(2, handler);

        assertEquals(List.of(handler), routing.handlers());
        assertEquals(CallbackProblem.DISMISSED, faults.callbackFaults().get(0).problem());
        handlers.remove(broken, Map.of("service.id", 1L));
        assertEquals(List.of(handler), routing.handlers());
        assertEquals(List.of(), faults.callbackFaults());
    }

    @Test
    void shouldAskAHandlerOnceWhatItTakes() {
        List<Integer> asked = new ArrayList<>();
        FakeHandler later = new FakeHandler() {
            @Override
            public Set<FrameType> frameTypes() {
                asked.add(asked.size());
                if (asked.size() > 1) {
                    throw new IllegalStateException("its bundle is closed");
                }
                return Set.of(FrameType.HOLD);
            }
        };
        put(1, later);

        put(2, handler);

        assertEquals(List.of(later, handler), routing.handlers());
        assertEquals(1, asked.size());
        assertEquals(List.of(), faults.callbackFaults());
    }

    @Test
    void shouldTakeTheOthersWhileOneHangs() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        FakeHandler stuck = new FakeHandler() {
            @Override
            public Set<FrameType> frameTypes() {
                hangs.countDown();
                awaitTheEnd();
                return Set.of();
            }
        };
        CompletableFuture<Void> coming = CompletableFuture.runAsync(() -> put(1, stuck));
        assertTrue(hangs.await(10, TimeUnit.SECONDS));

        CompletableFuture.runAsync(() -> put(2, handler)).get(10, TimeUnit.SECONDS);

        assertEquals(List.of(handler), routing.handlers());
        over.countDown();
        coming.get(10, TimeUnit.SECONDS);
        assertEquals(List.of(handler), routing.handlers());
    }

    private void awaitTheEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
