// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.settings;

import java.nio.charset.StandardCharsets;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.settings.SettingsSchema;

/**
 * What the core may rely on.
 *
 * @param share whether this node tells its status
 * @param name what it calls itself, or empty
 * @param budgetBytesPerSecond what all records may cost each node
 * @param leastSeconds least time between two regular records
 * @param maxNodes most records kept
 */
public record SurveySettings(Share share, String name, int budgetBytesPerSecond, int leastSeconds, int maxNodes) {

    public static final SettingsSchema SCHEMA = SettingsSchema.of(SurveyConfig.PID, SurveyConfig.class);

    private static final int MAX_NAME = 32;

    /** The settings for these values. */
    public static SurveySettings of(SettingValues values) {
        String name = values.getString("name");
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME
                || name.chars().anyMatch(Character::isISOControl)) {
            values.refuse("name", "at most 32 bytes of UTF-8 without control characters");
        }
        return new SurveySettings(values.getEnum("share", Share.class), name,
                values.getInt("budgetBytesPerSecond"), values.getInt("leastSeconds"), values.getInt("maxNodes"));
    }

    /** The same, but nothing is told. */
    public SurveySettings unshared() {
        return new SurveySettings(Share.OFF, name, budgetBytesPerSecond, leastSeconds, maxNodes);
    }
}
