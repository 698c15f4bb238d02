// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrangersPartTest {

    /** Where a quarter is no whole number, more is left. */
    @ParameterizedTest
    @CsvSource({"0,0", "1,0", "2,1", "3,2", "4,3", "5,3", "1024,768", "9223372036854775804,6917529027641081853"})
    void shouldLeaveAQuarter(long most, long part) {
        assertEquals(part, StrangersPart.of(most));
        assertEquals(most - part, StrangersPart.left(most));
    }
}
