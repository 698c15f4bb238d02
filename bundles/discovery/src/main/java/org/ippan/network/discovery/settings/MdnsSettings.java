// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.settings;

import java.util.List;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.settings.SettingsSchema;
import org.ippan.network.discovery.search.Rules;

/**
 * What the search in the local network may rely on.
 *
 * @param enabled whether it is searched
 * @param interfaces names or addresses; empty for all that can multicast
 * @param announce whether this node tells where it is
 * @param rules which addresses may be told
 */
public record MdnsSettings(boolean enabled, List<String> interfaces, boolean announce, Rules rules)
        implements SourceSettings {

    public static final SettingsSchema SCHEMA = SettingsSchema.of(MdnsConfig.PID, MdnsConfig.class);

    private static final int MAX_INTERFACES = 16;

    /** The settings for these values. */
    public static MdnsSettings of(SettingValues values) {
        List<String> interfaces = values.getList("interfaces");
        if (interfaces.size() > MAX_INTERFACES) {
            values.refuse("interfaces", "at most 16 names or IP addresses of interfaces");
        }
        return new MdnsSettings(values.getBoolean("enabled"), interfaces, values.getBoolean("announce"),
                SourceSettings.rules(values));
    }
}
