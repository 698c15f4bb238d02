// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Settings that an operator changed together.
 *
 * @param number counts from 1
 * @param time when
 * @param from where the operator was, for example an IP address
 * @param changes what was changed
 * @param state what became of it
 * @param goesBack when it goes back by itself; empty unless it is {@link State#PENDING}
 */
public record ChangeSet(long number, Instant time, String from, List<SettingChange> changes, State state,
        Optional<Instant> goesBack) {

    /** What became of a change. */
    public enum State {
        /** It is in force and goes back by itself unless an operator confirms it. */
        PENDING,
        /** It was made for good. */
        KEPT,
        /** It was taken back, by an operator or by itself. */
        UNDONE
    }

    /**
     * Copies the list.
     *
     * @param number counts from 1
     * @param time when
     * @param from where the operator was
     * @param changes what was changed
     * @param state what became of it
     * @param goesBack when it goes back by itself
     */
    public ChangeSet {
        changes = List.copyOf(changes);
    }

    /**
     * The same in another state.
     *
     * @param next not {@link State#PENDING}
     * @return a change that no longer goes back by itself
     */
    public ChangeSet in(State next) {
        return new ChangeSet(number, time, from, changes, next, Optional.empty());
    }

    /**
     * As operators read it.
     *
     * @return each setting with its value before and after
     */
    public String text() {
        return changes.stream().map(SettingChange::text).collect(Collectors.joining(", "));
    }
}
