// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.Uninterrupted;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.codec.CodecWorker;
import org.ippan.network.api.codec.PayloadCodec;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Idle workers of applications that fail to end: the threads of links end after them, and must end. */
final class CodecEndsTest {

    private static final int ZSTD = PayloadCodec.ZSTD;
    private static final Map<String, Object> FIRST = Map.of("service.id", 1L);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final CallbackFaults faults = new CallbackFaults(Ticker.system(), (line, trace) -> log.add(line));
    private final Codecs codecs = new Codecs(() -> 1, new CodecCounters(), Ticker.system(), faults);
    private final CountDownLatch over = new CountDownLatch(1);

    /** Does its work, and then does not end as it should. */
    private static final class Ending extends FakeCodec {

        private final Runnable end;

        Ending(Runnable end) {
            super(ZSTD);
            this.end = end;
        }

        @Override
        public CodecWorker newWorker() {
            CodecWorker worker = super.newWorker();
            return new CodecWorker() {
                @Override
                public int compress(byte[] raw, byte[] target, int limit) {
                    return worker.compress(raw, target, limit);
                }

                @Override
                public boolean inflate(ByteBuffer packed, byte[] raw) {
                    return worker.inflate(packed, raw);
                }

                @Override
                public void close() {
                    end.run();
                }
            };
        }
    }

    private Ending used(Runnable end) {
        Ending codec = new Ending(end);
        codecs.put(codec, FIRST);
        assertNotNull(codecs.compress(ZSTD, new byte[4096]));
        return codec;
    }

    private void hang() {
        Uninterrupted.await(Ticker.system(), Duration.ofMinutes(1).toMillis(), nanos -> {
            over.await();
            return true;
        });
    }

    private static void fail() {
        throw new NoClassDefFoundError("the bundle is gone");
    }

    @AfterEach
    void end() {
        over.countDown();
    }

    @Test
    void shouldLeaveAWorkerThatDoesNotEndWhenTheNodeStops() {
        Ending codec = used(this::hang);

        // As the container does.
        Thread stop = new Thread(() -> {
            codecs.close();
            codecs.remove(codec, FIRST);
        }, "stop");
        stop.start();

        Eventually.until("it stops", SOON, () -> !stop.isAlive());
        assertEquals(List.of("The codec " + Ending.class.getName() + " has not returned from a call, and its bundle"
                + " stops: what it was at is lost"), log);
    }

    @Test
    void shouldLeaveAWorkerThatDoesNotEndWhenItsBundleStops() {
        Ending codec = used(this::hang);

        Thread stop = new Thread(() -> codecs.remove(codec, FIRST), "stop");
        stop.start();

        Eventually.until("it stops", SOON, () -> !stop.isAlive());
        assertEquals(1, codecs.codecs());
        codecs.close();
    }

    @Test
    void shouldTellOfAWorkerThatFailsToEndUntilItsCodecIsGone() {
        Ending codec = used(CodecEndsTest::fail);

        codecs.close();

        assertEquals(List.of("java.lang.NoClassDefFoundError: the bundle is gone"),
                faults.callbackFaults().stream().map(CallbackFault::detail).toList());
        codecs.remove(codec, FIRST);
        assertEquals(List.of(), faults.callbackFaults());
        assertTrue(log.get(0).startsWith("The codec " + Ending.class.getName() + " failed"), log.toString());
    }
}
