// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.codec;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackKind;
import org.junit.jupiter.api.Test;

/** When a thread may enter a codec in which another one is. */
final class CodecCallsTest {

    private final AtomicLong now = new AtomicLong();
    private final CodecCalls calls = new CodecCalls(Subject.of(CallbackKind.CODEC, this), now::get,
            new CallbackFaults(now::get, (line, trace) -> { }));

    /** However many threads want it at once, as where messages come by all links. */
    @Test
    void shouldHaveOneThreadTryANewCodec() {
        assertFalse(calls.isSlow());
        CodecCalls.Call first = calls.begin();

        assertTrue(calls.isSlow());
        first.end();

        assertFalse(calls.isSlow());
        calls.begin();
        assertFalse(calls.isSlow());
    }

    @Test
    void shouldKeepOthersOutAsSoonAsACallTakesLong() {
        calls.begin().end();
        CodecCalls.Call call = calls.begin();

        now.addAndGet(CodecCalls.LONG_NANOS - 1);
        assertFalse(calls.isSlow());
        now.addAndGet(1);

        assertTrue(calls.isSlow());
        call.end();
        assertFalse(calls.isSlow());
    }

    @Test
    void shouldKeepNoThreadWaitingForACodecThatIsUsedNoMore() {
        calls.begin();

        calls.end();

        assertFalse(calls.isSlow());
    }
}
