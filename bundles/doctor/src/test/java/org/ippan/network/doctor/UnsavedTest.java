// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a restart would forget. */
class UnsavedTest {

    private static final String WHY = " cannot be saved: No space left on device. Make room, or the folder writable;"
            + " until then a restart forgets them.";

    private final FakeNode node = new FakeNode();

    private void finds(String check, String expected) {
        assertEquals(List.of(expected), FakeNode.of(check, node.doctor().examine()));
    }

    @Test
    void shouldFindScoresThatCannotBeSaved() {
        node.reputation.put("lastSaveError", "No space left on device");

        finds("scores", "WARN Scores and bans" + WHY);
    }

    @Test
    void shouldFindAnAddressBookThatCannotBeSaved() {
        node.peersTold.put("lastSaveError", "No space left on device");

        finds("address-book", "WARN Addresses of peers" + WHY);
    }
}
