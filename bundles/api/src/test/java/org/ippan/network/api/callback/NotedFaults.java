// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.callback;

import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.callback.CallbackFaults.Subject;

/** What goes wrong in applications, at times that a test moves, and what the log is told of it. */
abstract class NotedFaults {

    static final Subject PRICES = new Subject(CallbackKind.LISTENER, "com.example.Prices", "prices/*", 7L);
    static final Subject ORDERS = new Subject(CallbackKind.LISTENER, "com.example.Prices", "orders", 8L);

    final List<String> lines = new ArrayList<>();
    final List<Throwable> traces = new ArrayList<>();
    long now;
    final CallbackFaults faults = new CallbackFaults(() -> now, (line, trace) -> {
        lines.add(line);
        traces.add(trace);
    });
}
