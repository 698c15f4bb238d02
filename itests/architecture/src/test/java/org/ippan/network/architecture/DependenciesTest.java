// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/** The star: whoever is compiled, is compiled against {@code api}. */
class DependenciesTest {

    static final List<String> PROVIDERS = Code.PROVIDERS;

    /** What a bundle packs privately or is there for, and nobody else may know. */
    private static final Map<String, List<String>> OF_ITS_OWN = Map.ofEntries(
            entry("transport", List.of("io.netty..")), entry("metrics", List.of("org.HdrHistogram..")),
            entry("management", List.of("javax.management..")), entry("doctor", List.of("javax.management..")),
            entry("healthcheck", List.of("org.apache.felix.hc.api..")), entry("shell", List.of("org.apache.karaf..")),
            entry("gogo", List.of("org.apache.felix.service.command..")),
            entry("zstd", List.of("com.github.luben.zstd..")), entry("web", List.of("io.netty..", "io.prometheus..")),
            entry("discovery", List.of("org.xbill.DNS..")), entry("nat", List.of("javax.xml.stream..")),
            entry("eventadmin", List.of("javax.security.auth..")));
    private static final List<String> GIVEN = List.of(Code.API, "java..", "javax.net.ssl..", "javax.crypto..",
            "javax.security.auth.x500..", "org.slf4j..", "org.osgi..");

    @ParameterizedTest
    @FieldSource("PROVIDERS")
    void shouldCompileAgainstTheApiOnly(String part) {
        String own = Code.ROOT + part + "..";
        String[] known = Stream.of(List.of(own), GIVEN, OF_ITS_OWN.getOrDefault(part, List.of()))
                .flatMap(List::stream).toArray(String[]::new);

        classes().that().resideInAPackage(own)
                .should().onlyDependOnClassesThat(resideInAnyPackage(known))
                .as("bundle " + part + " compiles against api, the JDK, slf4j, OSGi and what it alone knows")
                .because("any provider can be replaced only while nobody knows it")
                .check(Code.BUNDLES);
    }

    @Test
    void shouldCompileTheLauncherAgainstTheApiOnly() {
        String[] known = Stream.of(List.of(Code.ROOT + "node..", "javax.management..", "javax.security.auth.."), GIVEN)
                .flatMap(List::stream).toArray(String[]::new);

        classes().should().onlyDependOnClassesThat(resideInAnyPackage(known))
                .as("the launcher compiles against api, the JDK, slf4j and OSGi")
                .because("it starts the bundles of its jar, and any of them can be replaced")
                .check(Code.LAUNCHER);
    }

    @Test
    void shouldLetProgramsKnowTheNodeWithoutTheCommandLine() {
        noClasses().that().resideInAPackage(Code.ROOT + "node")
                .should().dependOnClassesThat(resideInAnyPackage(Code.ROOT + "node.run..", Code.ROOT + "node.demo..",
                        Code.ROOT + "node.jmx..", Code.ROOT + "node.main.."))
                .as("the API for programs depends on no command")
                .because("a node inside a program must not exit the process or open ports of its own")
                .check(Code.LAUNCHER);
    }

    @Test
    void shouldKeepOsgiInTheShells() {
        classes().that(DescribedPredicate.not(Code.leaves().or(Code.shells()).or(Code.configs())))
                .should().onlyDependOnClassesThat(notOsgiButItsAnnotationsOfPackages())
                .as("beside leaves only DS components and configuration annotations know OSGi")
                .because("the cores are what tests, simulations and benchmarks run, without a container")
                .check(Code.BUNDLES);
    }

    @Test
    void shouldKeepTheApiFreeOfEverything() {
        classes().that().resideInAPackage(Code.API)
                .should().onlyDependOnClassesThat(resideInAnyPackage(Code.API, "java..", "org.osgi.annotation.."))
                .as("api depends on the JDK and OSGi's annotations")
                .because("whoever compiles against it compiles against all it drags along")
                .check(Code.CONTRACTS);
    }

    @Test
    void shouldSayOfEveryInterfaceWhoImplementsIt() {
        classes().that().resideInAPackage(Code.API).and().areInterfaces().and().areNotAnnotations()
                .and().arePublic()
                .should().beAnnotatedWith(ProviderType.class).orShould().beAnnotatedWith(ConsumerType.class)
                .as("every interface of the api is a @ProviderType or a @ConsumerType")
                .because("bnd computes import ranges from it, and baselining what a change breaks")
                .check(Code.CONTRACTS);
    }

    @Test
    void shouldHaveNoCyclesBetweenThePackagesOfTheApi() {
        slices().matching(Code.ROOT + "api.(*)..").should().beFreeOfCycles()
                .as("packages of the api form no cycle")
                .because("a package is the unit of contract, and is versioned alone")
                .check(Code.CONTRACTS);
    }

    @Test
    void shouldNotLetTheValuesKnowTheServices() {
        noClasses().that().resideInAPackage(Code.ROOT + "api")
                .should().dependOnClassesThat().resideInAPackage(Code.ROOT + "api.*..")
                .as("the values of the api know none of its services")
                .because("ids and addresses are what everything else is made of")
                .check(Code.CONTRACTS);
    }

    private static DescribedPredicate<JavaClass> notOsgiButItsAnnotationsOfPackages() {
        return DescribedPredicate.not(resideInAnyPackage("org.osgi..")).or(resideInAnyPackage("org.osgi.annotation.."));
    }
}
