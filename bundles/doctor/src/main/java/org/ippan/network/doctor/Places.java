// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.api.state.StateDirectory;
import org.ippan.network.doctor.look.Services;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/** Where on the disk the node keeps what only its user should read. Safe for any thread. */
final class Places {

    private static final String INSTALLED_FROM = "felix.fileinstall.filename";

    private Places() {
    }

    /** The file a configuration was read from, where there is one. */
    static Optional<String> file(Map<String, Object> stored) {
        return Optional.ofNullable(stored.get(INSTALLED_FROM)).map(String::valueOf)
                .map(name -> name.startsWith("file:") ? Path.of(URI.create(name)).toString() : name);
    }

    /** The state directory, files named as secret, and where configurations with secrets lie. */
    static List<Path> secret(BundleContext context, ConfigurationAdmin admin, Services services) {
        List<Path> places = new ArrayList<>();
        places.add(StateDirectory.of(context::getProperty, context.getDataFile(""), "").path(""));
        String named = context.getProperty(StateDirectory.SECRET_FILES);
        if (named != null) {
            Stream.of(named.split(File.pathSeparator)).filter(name -> !name.isEmpty()).map(Path::of)
                    .forEach(places::add);
        }
        Optional<Path> kept = kept(context, admin);
        for (Services.Configured one : services.configured()) {
            Map<String, Object> stored = services.stored().apply(one.pid());
            if (one.settings().schema().settings().stream().filter(SettingDescription::secret)
                    .anyMatch(setting -> stored.containsKey(setting.key()))) {
                file(stored).map(Path::of).ifPresent(places::add);
                kept.map(folder -> folder.resolve(one.pid().replace('.', File.separatorChar) + ".config"))
                        .ifPresent(places::add);
            }
        }
        return places;
    }

    /** The folder Felix's Config Admin keeps configurations in. */
    private static Optional<Path> kept(BundleContext context, ConfigurationAdmin admin) {
        String folder = context.getProperty("felix.cm.dir");
        Bundle keeper = admin == null ? null : FrameworkUtil.getBundle(admin.getClass());
        File own = keeper == null ? null : keeper.getDataFile("config");
        return folder == null ? Optional.ofNullable(own).map(File::toPath) : Optional.of(Path.of(folder));
    }
}
