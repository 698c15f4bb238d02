// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.settings;

import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.discovery.search.Rules;

/** What every source has. */
public interface SourceSettings {

    /** Which addresses may be told. */
    Rules rules();

    /** Whether there is anything to search. */
    boolean enabled();

    /** The rules as these values say. */
    static Rules rules(SettingValues values) {
        return new Rules(values.getInt("maxAddresses"), values.getBoolean("allowLoopback"),
                values.getBoolean("allowPrivate"));
    }
}
