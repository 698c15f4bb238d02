// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.eventadmin;

import java.util.List;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.settings.SettingsSchema;

/**
 * What the core may rely on.
 *
 * @param topics which events are carried
 * @param maxEventBytes the longest event
 */
record EventAdminSettings(EventTopics topics, int maxEventBytes) {

    static final SettingsSchema SCHEMA = SettingsSchema.of(EventAdminConfig.PID, EventAdminConfig.class);

    private static final int MOST_TOPICS = 64;

    static EventAdminSettings of(SettingValues values) {
        List<String> topics = values.getList("topics");
        if (topics.size() > MOST_TOPICS || !topics.stream().allMatch(EventTopics::isPattern)) {
            values.refuse("topics", "at most " + MOST_TOPICS + " " + EventTopics.RULE);
            topics = List.of();
        }
        return new EventAdminSettings(new EventTopics(topics), values.getInt("maxEventBytes"));
    }
}
