// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.settings.SettingsSchema;

/** What management may rely on. */
record ManagementSettings(String domainNode, int maxPeerMBeans, boolean eventAdmin) {

    static final SettingsSchema SCHEMA = SettingsSchema.of(ManagementConfig.PID, ManagementConfig.class);

    static ManagementSettings of(SettingValues values) {
        String node = values.getString("domainNode");
        if (!node.matches("[A-Za-z0-9_-]*")) {
            values.refuse("domainNode", "letters, digits, - and _");
        }
        return new ManagementSettings(node, values.getInt("maxPeerMBeans"), values.getBoolean("eventAdmin"));
    }
}
