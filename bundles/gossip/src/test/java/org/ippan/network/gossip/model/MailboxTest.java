// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private final Queue<Runnable> thread = new ArrayDeque<>();
    private final Mailbox mailbox = new Mailbox(thread::add);
    private final List<Integer> done = new ArrayList<>();

    private void post(int first, int end) {
        IntStream.range(first, end).forEach(number -> mailbox.post(() -> done.add(number)));
    }

    private void runOnce() {
        thread.remove().run();
    }

    @Test
    void shouldWakeTheThreadOnceForABurstAndWorkInOrder() {
        post(0, 100);
        int woken = thread.size();
        boolean waits = !mailbox.isEmpty() && mailbox.size() == 100;
        runOnce();

        assertEquals(1, woken);
        assertTrue(waits && mailbox.isEmpty());
        assertEquals(IntStream.range(0, 100).boxed().toList(), done);
        assertTrue(thread.isEmpty());
        post(100, 101);
        assertEquals(1, thread.size());
    }

    /** Timers and what else uses the thread get their turn. */
    @Test
    void shouldLetTheThreadGoAfterEachThousand() {
        post(0, 2049);
        List<Integer> after = new ArrayList<>();
        while (!thread.isEmpty()) {
            runOnce();
            after.add(done.size());
        }

        assertEquals(List.of(1024, 2048, 2049), after);
    }

    @Test
    void shouldBeFullFromItsBoundOn() {
        post(0, Mailbox.FULL - 1);
        boolean before = mailbox.isFull();
        post(0, 1);

        assertTrue(!before && mailbox.isFull());
    }

    @Test
    void shouldGoOnBehindAPieceThatFails() {
        mailbox.post(() -> {
            throw new IllegalStateException("on purpose");
        });
        post(0, 2);

        assertThrows(IllegalStateException.class, this::runOnce);
        runOnce();

        assertEquals(List.of(0, 1), done);
        assertTrue(mailbox.isEmpty());
    }

    @Test
    void shouldDropItsWorkWhenTheThreadIsGone() {
        Mailbox late = new Mailbox(task -> {
            throw new RejectedExecutionException();
        });

        late.post(() -> done.add(1));
        late.run();

        assertEquals(List.of(), done);
        assertFalse(late.isFull());
    }
}
