// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.gossip.Verdict;

/** Blocks on messages whose text begins with "hang", until it is released, or interrupted if it listens to that. */
final class BlockingValidator implements MessageValidator {

    final CountDownLatch released = new CountDownLatch(1);
    final AtomicInteger entered = new AtomicInteger();
    final AtomicInteger interrupted = new AtomicInteger();
    final List<String> asked = new ArrayList<>();
    volatile boolean deaf;

    @Override
    public Verdict validate(ReceivedMessage message) {
        synchronized (asked) {
            asked.add(FakeNode.text(message));
        }
        entered.incrementAndGet();
        while (FakeNode.text(message).startsWith("hang")) {
            try {
                released.await();
                break;
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                if (!deaf) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return Verdict.ACCEPT;
    }
}
