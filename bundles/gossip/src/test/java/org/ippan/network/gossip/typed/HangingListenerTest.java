// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.typed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.typed.PayloadFormat;
import org.ippan.network.api.typed.TypedListener;
import org.ippan.network.gossip.typed.TypedListeners.Registered;
import org.junit.jupiter.api.Test;

/** A listener that hangs when it is asked what it wants: the thread that brings it hangs, and no other. */
class HangingListenerTest {

    private static final int SOON_SECONDS = 10;

    private final CallbackFaults faults = new CallbackFaults(() -> 0, (text, trace) -> { });
    private final Formats formats = new Formats(faults);
    private final List<Object> registered = new CopyOnWriteArrayList<>();
    private final TypedListeners listeners = new TypedListeners(formats, (listener, properties) -> {
        registered.add(listener);
        return new Ignored();
    }, line -> { }, faults);
    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);

    private static final class Ignored implements Registered {

        @Override
        public void change(Map<String, Object> properties) {
            throw new IllegalStateException("nothing changes here");
        }

        @Override
        public void end() {
            throw new IllegalStateException("nothing ends here");
        }
    }

    private static final class Numbers implements PayloadFormat<Integer> {

        @Override
        public Class<Integer> type() {
            return Integer.class;
        }

        @Override
        public byte[] encode(Integer value) {
            return new byte[1];
        }

        @Override
        public Integer decode(ByteBuffer payload) {
            return payload.remaining();
        }
    }

    private final class Stuck implements TypedListener<Integer> {

        @Override
        public Class<Integer> type() {
            hangs.countDown();
            await(over);
            return Integer.class;
        }

        @Override
        public void onValue(Integer value, ReceivedMessage message) {
            throw new IllegalStateException("nothing is published here");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldTakeTheOthersWhileOneHangs() throws Exception {
        CompletableFuture<Void> coming = CompletableFuture.runAsync(() -> listeners.put(new Stuck(), Map.of()));
        await(hangs);

        CompletableFuture.runAsync(() -> formats.add(new Numbers(), Map.of())).thenRun(listeners::review)
                .get(SOON_SECONDS, TimeUnit.SECONDS);

        over.countDown();
        coming.get(SOON_SECONDS, TimeUnit.SECONDS);
        assertEquals(1, registered.size());
    }
}
