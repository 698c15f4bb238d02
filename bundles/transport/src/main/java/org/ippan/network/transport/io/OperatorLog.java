// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.io;

import java.util.function.Consumer;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.event.LogBudget;

/**
 * Where operators read what happens.
 *
 * @param warn takes what is wrong
 * @param info takes what is right again
 * @param failures takes what is wrong with one connection: a peer that connects again and again cannot fill the log
 */
public record OperatorLog(Consumer<String> warn, Consumer<String> info, Consumer<String> failures) {

    /**
     * One for lines of any number, of which those about connections are few in any second.
     *
     * @param ticker time
     * @param warn takes what is wrong
     * @param info takes what is right again
     */
    public OperatorLog(Ticker ticker, Consumer<String> warn, Consumer<String> info) {
        this(warn, info, new LogBudget(ticker, LogBudget.TRANSPORT, warn));
    }
}
