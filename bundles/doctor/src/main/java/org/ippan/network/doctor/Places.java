// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.api.state.StateDirectory;
import org.ippan.network.doctor.look.Services;

/** Where on the disk the node keeps what only its user should read. Safe for any thread. */
final class Places {

    private static final String INSTALLED_FROM = "felix.fileinstall.filename";

    private final UnaryOperator<String> properties;
    private final File data;
    private final Supplier<Optional<File>> ofAdmin;

    /**
     * The places of a framework.
     *
     * @param properties its properties
     * @param data the data area of this bundle
     * @param ofAdmin that of the bundle that Config Admin is of, where it has one
     */
    Places(UnaryOperator<String> properties, File data, Supplier<Optional<File>> ofAdmin) {
        this.properties = properties;
        this.data = data;
        this.ofAdmin = ofAdmin;
    }

    /** The file a configuration was read from, where there is one. */
    static Optional<String> file(Map<String, Object> stored) {
        return Optional.ofNullable(stored.get(INSTALLED_FROM)).map(String::valueOf)
                .map(name -> name.startsWith("file:") ? Path.of(URI.create(name)).toString() : name);
    }

    /** The state directory, files named as secret, and where configurations with secrets lie. */
    List<Path> secret(Services services) {
        List<Path> places = new ArrayList<>();
        places.add(StateDirectory.of(properties, data, "").path(""));
        String named = properties.apply(StateDirectory.SECRET_FILES);
        if (named != null) {
            Stream.of(named.split(File.pathSeparator)).filter(name -> !name.isEmpty()).map(Path::of)
                    .forEach(places::add);
        }
        Optional<Path> kept = kept();
        for (NodeServices.Configured one : services.configured()) {
            Map<String, Object> stored = services.stored().of(one.pid());
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
    private Optional<Path> kept() {
        String folder = properties.apply("felix.cm.dir");
        return folder == null ? ofAdmin.get().map(file -> file.toPath().resolve("config"))
                : Optional.of(Path.of(folder));
    }
}
