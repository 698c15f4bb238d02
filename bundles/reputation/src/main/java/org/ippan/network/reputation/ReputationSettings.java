// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import org.ippan.network.api.settings.SettingError;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.settings.SettingsSchema;

/** What the code may rely on; the components are the keys of {@link ReputationConfig}. Flat: the hot path reads it. */
record ReputationSettings(int successPoints, int failurePoints, int invalidPoints, int warnThreshold, int banThreshold,
        int pardonMargin, int decayPoints, int decayIntervalSeconds, int maxPeers, int maxHandBans, int historySize,
        boolean persist) {

    static final SettingsSchema SCHEMA = SettingsSchema.of(ReputationConfig.PID, ReputationConfig.class);

    ReputationSettings {
        if (banThreshold >= warnThreshold) {
            throw SettingError.across("banThreshold", banThreshold, "below warnThreshold, which is " + warnThreshold,
                    "warnThreshold");
        }
    }

    static ReputationSettings of(SettingValues values) {
        return new ReputationSettings(values.getInt("successPoints"), values.getInt("failurePoints"),
                values.getInt("invalidPoints"), values.getInt("warnThreshold"), values.getInt("banThreshold"),
                values.getInt("pardonMargin"), values.getInt("decayPoints"), values.getInt("decayIntervalSeconds"),
                values.getInt("maxPeers"), values.getInt("maxHandBans"), values.getInt("historySize"),
                values.getBoolean("persist"));
    }

    /** The score at which a banned peer is let in again. Above the ban threshold, so that no peer flaps. */
    int pardonScore() {
        return Math.min(banThreshold + pardonMargin, warnThreshold);
    }

    /** The score at which a warned peer counts as recovered, so that its next warning is told again. */
    int recoveredScore() {
        return warnThreshold / 2;
    }
}
