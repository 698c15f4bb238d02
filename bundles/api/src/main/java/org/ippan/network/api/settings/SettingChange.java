// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

/**
 * What a change does to one setting.
 *
 * @param pid of its configuration
 * @param key of the setting
 * @param before the value in force as it would be written in a file; masked if it is secret
 * @param after the same when the change is in force
 * @param applies when it takes effect
 * @param risky whether it can cut the operator off, so that it goes back by itself unless it is confirmed
 * @param moved whether the value in force is no longer the one that the operator saw
 * @param refused why the value is refused; empty if it is not
 */
public record SettingChange(String pid, String key, String before, String after, Applies applies, boolean risky,
        boolean moved, String refused) {

    /**
     * As operators read it.
     *
     * @return for example {@code capacity 100000 → 124000}
     */
    public String text() {
        return key + " " + (before.isEmpty() ? "none" : before) + " → " + (after.isEmpty() ? "none" : after);
    }
}
