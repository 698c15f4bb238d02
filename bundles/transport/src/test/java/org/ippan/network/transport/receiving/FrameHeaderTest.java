// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.receiving;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.ippan.network.api.transport.ConnectionFault;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the decoder makes of a header alone. */
final class FrameHeaderTest extends Decoding {

    /** Header, and what is to be made of it in an established connection. */
    @ParameterizedTest
    @CsvSource({
        "a604000000000008, BAD_FRAME", "0004000000000008, BAD_FRAME", "4745542f20485454, BAD_FRAME",
        "a700000000000008, UNKNOWN_TYPE", "a706000000000008, UNKNOWN_TYPE", "a77f000000000000, UNKNOWN_TYPE",
        "a704010000000008, BAD_FRAME", "a704800000000008, BAD_FRAME", "a704000100000008, BAD_FRAME",
        "a710020000000015, BAD_FRAME", "a710030000000015, BAD_FRAME", "a7100001000000ff, BAD_FRAME",
        "a7b0010000000008, BAD_FRAME", "a7b0000100000008, BAD_FRAME",
        "a704000000000000, BAD_LENGTH", "a704000000000007, BAD_LENGTH", "a704000000000009, BAD_LENGTH",
        "a704000080000008, BAD_LENGTH", "a7040000ffffffff, BAD_LENGTH", "a70400007fffffff, BAD_LENGTH",
        "a71000000000001c, BAD_LENGTH", "a7100000001000c5, BAD_LENGTH", "a71000007fffffff, BAD_LENGTH",
        "a710000080000000, BAD_LENGTH", "a7100000ffffffff, BAD_LENGTH",
        "a711000000000002, BAD_LENGTH", "a71100000000002b, BAD_LENGTH", "a711000000009c6a, BAD_LENGTH",
        "a712000000000002, BAD_LENGTH", "a712000000000023, BAD_LENGTH", "a715000000007d22, BAD_LENGTH",
        "a713000000000002, BAD_LENGTH", "a714000000000003, BAD_LENGTH", "a719000000003001, BAD_LENGTH",
        "a781000000000002, BAD_LENGTH", "a782000000000017, BAD_LENGTH", "a782010000000018, BAD_FRAME",
        "a7b0000000010001, BAD_LENGTH", "a780000000000020, BAD_LENGTH", "a783000000000023, BAD_LENGTH",
        "a7ff0000ffffffff, BAD_LENGTH",
    })
    void shouldRefuseAHeaderThatBreaksARule(String header, ConnectionFault fault) {
        established();

        read(header + "0000000000000000");
        read(PING);

        assertEquals(List.of(fault.name()), seen);
        assertEquals(0, used());
    }

    @ParameterizedTest
    @CsvSource({
        "a704000000000008, BAD_STATE", "a71001000000001d, BAD_STATE", "a780000000000001, BAD_STATE",
        "a782000000000018, BAD_STATE",
        "a704ff0000000001, BAD_STATE", "a706ff0000000001, UNKNOWN_TYPE", "a601000000000070, BAD_FRAME",
        "a701000000000069, BAD_LENGTH", "a701000000000201, BAD_LENGTH", "a701010000000070, BAD_FRAME",
        "a702000000000021, BAD_LENGTH", "a703000000000005, BAD_LENGTH", "a70300000000007f, BAD_LENGTH",
    })
    void shouldOnlyKnowTheFramesOfTheHandshakeBeforeItEnded(String header, ConnectionFault fault) {
        read(header);

        assertEquals(List.of(fault.name()), seen);
    }
}
