// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management.change;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.ippan.network.api.settings.ChangeSet;

/**
 * A change, and what its settings were in Config Admin before and after it: null for the default. Guarded by what keeps
 * it.
 */
final class Done {

    final Map<String, Map<String, Object>> before;
    ChangeSet told;
    /** The change that this one undid; null if it undid none. */
    Done undid;
    private final Map<String, Map<String, Object>> after;

    Done(ChangeSet told, Map<String, Map<String, Object>> before, Map<String, Map<String, Object>> after) {
        this.told = told;
        this.before = before;
        this.after = after;
    }

    /**
     * What to write of one configuration so that the change goes back. A value that was written meanwhile, say over
     * JMX, stays: its writer was not cut off, and wants that one.
     */
    Map<String, Object> back(String pid, Map<String, Object> now) {
        Map<String, Object> back = new HashMap<>(before.get(pid));
        back.keySet().removeIf(key -> !Objects.deepEquals(now.get(key), after.get(pid).get(key)));
        return back;
    }
}
