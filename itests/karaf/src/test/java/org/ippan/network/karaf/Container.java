// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.karaf;

import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.vmOptions;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.doNotModifyLogConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.nio.file.Path;
import org.ippan.network.testkit.process.Programs;
import org.ops4j.pax.exam.Option;

/**
 * A stock Karaf from its archive, into which nothing of ours is installed yet. It finds Pax Exam's bundles in
 * {@code target/repository} and knows no other repository, so neither a network nor a local one is needed.
 */
final class Container {

    /** System property in the container: where the tests of the build are. */
    static final String MODULE = "ippan.itests.karaf";
    /** In its folder: there stands how often its files are looked at. */
    static final String FRAMEWORK = "etc/config.properties";

    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final Path TARGET = HERE.resolve("target");
    private static final String POLL = "felix.fileinstall.poll";
    private static final String POLL_MILLIS = "200";
    private static final String MAVEN = "etc/org.ops4j.pax.url.mvn.cfg";
    private static final String USERS = "etc/users.properties";

    private Container() {
    }

    static Option[] options() {
        KarafProcess.delete(TARGET.resolve("karaf"));
        return new Option[] {
            karafDistributionConfiguration().frameworkUrl(TARGET.resolve("apache-karaf.tar.gz").toUri().toString())
                    .name("Karaf").karafVersion("4.4.10").unpackDirectory(TARGET.resolve("karaf").toFile())
                    .useDeployFolder(false),
            keepRuntimeFolder(), doNotModifyLogConfiguration(),
            configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
            editConfigurationFilePut(MAVEN, "org.ops4j.pax.url.mvn.defaultRepositories",
                    "${karaf.home.uri}system@id=system@snapshots, ${karaf.data.uri}kar@id=kar@multi@snapshots, "
                    + TARGET.resolve("repository").toUri() + "@id=exam@snapshots"),
            editConfigurationFilePut(MAVEN, "org.ops4j.pax.url.mvn.localRepository",
                    TARGET.resolve("karaf").resolve("local").toString()),
            editConfigurationFilePut(MAVEN, "org.ops4j.pax.url.mvn.repositories", ""),
            editConfigurationFilePut(USERS, "viewer", "viewer,viewer"),
            editConfigurationFilePut(USERS, "manager", "manager,manager"),
            editConfigurationFilePut(USERS, "admin", "admin,admin,manager,viewer,systembundles"),
            editConfigurationFilePut(FRAMEWORK, POLL, POLL_MILLIS),
            vmOptions(Programs.SHORT_LIVED.toArray(String[]::new)),
            systemProperty(MODULE).value(HERE.toString())
        };
    }

    /** Files are looked at five times a second instead of once: the tests edit many. */
    static void lookOftenAtFiles(Path configuration) {
        new ConfigFile(configuration).write(POLL, POLL_MILLIS);
    }

    /** In the container: a file of the build. */
    static Path file(String first, String... more) {
        return Path.of(System.getProperty(MODULE)).resolve(Path.of(first, more)).normalize();
    }
}
