// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.validate;

import java.util.function.Consumer;
import java.util.function.Function;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.gossip.model.JudgedMessage;

/**
 * One message on its way through the validators of its topic. It is with one of them at a time, whose lock guards it.
 */
final class Attempt {

    final JudgedMessage message;
    private final Function<Topic, ValidatorLine[]> route;
    private final Consumer<Verdict> decided;
    private ValidatorLine[] lines = {};
    private int next;
    /** When it came to the validator it is with. */
    private long since;

    Attempt(JudgedMessage message, Function<Topic, ValidatorLine[]> route, Consumer<Verdict> decided) {
        this.message = message;
        this.route = route;
        this.decided = decided;
    }

    /** Has the validators that there are now asked, from the first on. */
    void start() {
        lines = route.apply(message.topic());
        next = 0;
        proceed();
    }

    /** A validator said something. */
    void said(Verdict verdict) {
        if (verdict == Verdict.ACCEPT) {
            proceed();
        } else {
            decided.accept(verdict);
        }
    }

    private void proceed() {
        if (next == lines.length) {
            decided.accept(Verdict.ACCEPT);
        } else if (!lines[next++].add(this)) {
            start();
        }
    }

    void came(long nanos) {
        since = nanos;
    }

    long since() {
        return since;
    }
}
