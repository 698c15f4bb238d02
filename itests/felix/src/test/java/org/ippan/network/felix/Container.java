// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.workingDirectory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.ippan.network.api.state.StateDirectory;
import org.ops4j.pax.exam.Option;

/**
 * What the tests run in: plain Felix, everything installed from files that the build copied to {@code target/bundles}.
 * No Maven URL is resolved, so neither a network nor a local repository is needed.
 */
final class Container {

    static final Path TARGET = Path.of("target").toAbsolutePath();

    /** The project's own bundles, api first; symbolic names. */
    static final List<String> PROVIDERS = List.of("org.ippan.network.dedup", "org.ippan.network.reputation",
            "org.ippan.network.metrics", "org.ippan.network.health", "org.ippan.network.transport",
            "org.ippan.network.peers", "org.ippan.network.gossip");

    private Container() {
    }

    /** The options of a test class; its bundles are installed, and started by {@link NodeInside#start}. */
    static Option[] of(Class<?> test) {
        Path folder = TARGET.resolve("felix").resolve(test.getSimpleName());
        delete(folder);
        return new Option[] {
            cleanCaches(), workingDirectory(folder.resolve("framework").toString()), junitBundles(),
            frameworkProperty(StateDirectory.PROPERTY).value(folder.resolve("state").toString()),
            composite(List.of("slf4j-api", "slf4j-simple", "org.osgi.util.function", "org.osgi.util.promise",
                    "org.osgi.service.component", "org.apache.felix.log", "org.apache.felix.configadmin",
                    "org.apache.felix.metatype", "org.apache.felix.scr", "org.ippan.network.api")
                    .stream().map(name -> bundle(file(name))).toArray(Option[]::new)),
            // Configured before they are started: they must listen on ports of their own.
            composite(PROVIDERS.stream().map(name -> bundle(file(name)).noStart()).toArray(Option[]::new))
        };
    }

    /** What an earlier run left would be remembered: identities, scores, bans. */
    static void delete(Path folder) {
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                old.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Where the build left a bundle. */
    static String file(String artifact) {
        return TARGET.resolve("bundles").resolve(artifact + ".jar").toUri().toString();
    }
}
