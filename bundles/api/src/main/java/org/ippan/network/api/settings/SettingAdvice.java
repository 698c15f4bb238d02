// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

/**
 * A value that is accepted although it is doubtful.
 *
 * @param key whose value it is
 * @param text what is wrong with it
 * @param remedy what to do about it
 */
public record SettingAdvice(String key, String text, String remedy) {

    /** As a line of the log has it. */
    @Override
    public String toString() {
        return key + ": " + text + "; " + remedy;
    }
}
