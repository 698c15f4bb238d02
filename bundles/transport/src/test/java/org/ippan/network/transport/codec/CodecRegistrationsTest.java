// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.codec.CodecWorker;
import org.ippan.network.api.codec.PayloadCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A registration of a codec is a service, whatever its object; its ranking may change. */
class CodecRegistrationsTest {

    private static final int ZSTD = PayloadCodec.ZSTD;

    private final CallbackFaults faults = new CallbackFaults(() -> 0, (line, trace) -> { });
    private final Codecs codecs = new Codecs(() -> 1, new CodecCounters(), System::nanoTime, faults);

    @AfterEach
    void end() {
        codecs.close();
    }

    @Test
    void shouldKeepOneRegistrationOfACodecWhenAnotherEnds() {
        FakeCodec zstd = new FakeCodec(ZSTD);
        codecs.put(zstd, Map.of("service.id", 1L));
        codecs.put(zstd, Map.of("service.id", 2L));

        codecs.remove(zstd, Map.of("service.id", 1L));

        assertEquals(3, codecs.codecs());
    }

    @Test
    void shouldFollowTheChangedRankingOfACodec() {
        FakeCodec first = new FakeCodec(ZSTD);
        FakeCodec second = new FakeCodec(ZSTD);
        codecs.put(first, Map.of("service.id", 1L));
        codecs.put(second, Map.of("service.id", 2L));

        codecs.put(second, Map.of("service.id", 2L, "service.ranking", 5));
        codecs.compress(ZSTD, new byte[4096]);

        assertEquals(0, first.made);
        assertEquals(1, second.made);
    }

    @Test
    void shouldRefuseACodecThatDoesNotSayWhatItIs() {
        codecs.put(new FakeCodec(ZSTD) {
            @Override
            public int number() {
                throw new IllegalStateException("not yet");
            }
        }, Map.of());

        assertEquals(1, codecs.codecs());
        assertEquals("java.lang.IllegalStateException: not yet", faults.callbackFaults().get(0).detail());
    }

    @Test
    void shouldGiveUpACodecThatEndsInAnError() {
        codecs.put(new FakeCodec(ZSTD) {
            @Override
            public CodecWorker newWorker() {
                throw new StackOverflowError();
            }
        }, Map.of());

        assertNull(codecs.compress(ZSTD, new byte[4096]));

        assertEquals(1, codecs.codecs());
        assertEquals("java.lang.StackOverflowError", faults.callbackFaults().get(0).detail());
    }
}
