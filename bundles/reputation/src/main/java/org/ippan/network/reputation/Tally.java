// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

/** Sums of what entries counted. Confined to one thread at a time. */
final class Tally {

    private long successes;
    private long failures;
    private long invalids;

    void add(PeerEntry entry) {
        add(entry, 1);
    }

    void subtract(PeerEntry entry) {
        add(entry, -1);
    }

    private void add(PeerEntry entry, int sign) {
        successes += sign * entry.successes();
        failures += sign * entry.failures();
        invalids += sign * entry.invalids();
    }

    void add(Tally other) {
        successes += other.successes;
        failures += other.failures;
        invalids += other.invalids;
    }

    void clear() {
        successes = 0;
        failures = 0;
        invalids = 0;
    }

    long successes() {
        return successes;
    }

    long failures() {
        return failures;
    }

    long invalids() {
        return invalids;
    }
}
