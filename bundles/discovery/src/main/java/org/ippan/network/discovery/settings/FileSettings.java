// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.settings.SettingsSchema;
import org.ippan.network.discovery.search.Rules;

/**
 * What the search in a file may rely on.
 *
 * @param path of the file; empty for none
 * @param pollSeconds between two looks
 * @param rules which addresses may be told
 */
public record FileSettings(String path, int pollSeconds, Rules rules) implements SourceSettings {

    public static final SettingsSchema SCHEMA = SettingsSchema.of(FileConfig.PID, FileConfig.class);

    /** The settings for these values; where one is refused, none takes its place. */
    public static FileSettings of(SettingValues values) {
        String path = values.getString("path");
        try {
            path = Path.of(path).toString();
        } catch (InvalidPathException e) {
            values.refuse("path", "the path of a file");
            path = "";
        }
        return new FileSettings(path, values.getInt("pollSeconds"), SourceSettings.rules(values));
    }

    @Override
    public boolean enabled() {
        return !path.isEmpty();
    }
}
