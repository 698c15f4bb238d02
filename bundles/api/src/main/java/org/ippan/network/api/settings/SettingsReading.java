// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of one configuration at one moment.
 *
 * @param pid of the configuration
 * @param displayed the values in force as they would be written in a file, secrets masked
 * @param errors what was wrong with the newest configuration
 * @param advice what is accepted in it although it is doubtful
 * @param unknown keys in it that do not exist and do nothing, each with the one that may be meant
 * @param failedClosed whether a key that protects is invalid, so that the bundle must not serve
 * @param generation how many configurations were taken over or refused
 * @param everGood whether there was one in which nothing was wrong, which else counts in place of a later one
 */
public record SettingsReading(String pid, Map<String, String> displayed, List<SettingError> errors,
        List<SettingAdvice> advice, List<SettingError> unknown, boolean failedClosed, long generation,
        boolean everGood) {

    /**
     * What was wrong with the newest configuration, in one line.
     *
     * @return PID, keys, values and rules; empty if it was good
     */
    public Optional<String> error() {
        return errors.isEmpty() ? Optional.empty() : Optional.of(pid + ": " + SettingError.texts(errors));
    }
}
