// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaPackage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.osgi.annotation.versioning.Version;

/** What the built bundles promise to, and want from, a container. */
class ManifestsTest {

    private static final String API = Code.ROOT + "api";
    private static final List<String> GIVEN = List.of("java.", "javax.", "org.osgi.", "org.slf4j", API);
    /** What others give to one bundle, in the container it is for or by a bundle that is installed beside. */
    private static final Map<String, String> GIVEN_TO = Map.of(Code.ROOT + "shell", "org.apache.karaf.",
            Code.ROOT + "gogo", "org.apache.felix.service.command", Code.ROOT + "healthcheck",
            "org.apache.felix.hc.api", Code.ROOT + "zstd", "com.github.luben.zstd");
    private static final List<String> EMBEDDED = List.of("io.netty", "io.prometheus", "org.HdrHistogram",
            "org.xbill.DNS");
    /** One clause of a package header: its name, then attributes and directives, quoted commas included. */
    private static final Pattern CLAUSE = Pattern.compile("([\\w.]+)((?:;[\\w.-]+:?=(?:\"[^\"]*\"|[^,;\"]*))*),?");

    private final Map<String, Attributes> manifests = manifests();

    @Test
    void shouldNameEveryBundleAfterItsFolder() throws IOException {
        Set<String> expected = new TreeSet<>(Set.of(API));
        Code.PROVIDERS.forEach(part -> expected.add(Code.ROOT + part));

        assertEquals(expected, manifests.keySet());
        for (String name : expected) {
            String pom = Files.readString(Code.FOLDER.resolve(name.substring(Code.ROOT.length())).resolve("pom.xml"));
            assertTrue(pom.contains("<artifactId>" + name + "</artifactId>"), name + " is another artifact's folder");
        }
    }

    @Test
    void shouldSayWhereItComesFrom() {
        assertAll(manifests.entrySet().stream().flatMap(bundle -> Stream.of("Bundle-DocURL", "Bundle-License",
                "Bundle-SCM", "Bundle-Vendor").map(header -> () -> assertTrue(
                        bundle.getValue().getValue(header) != null, bundle.getKey() + " has no " + header))));
    }

    @Test
    void shouldExportNothingButTheApi() {
        assertAll(manifests.entrySet().stream().filter(bundle -> !bundle.getKey().equals(API)).map(bundle -> () ->
                assertNull(bundle.getValue().getValue("Export-Package"), bundle.getKey() + " exports packages")));
    }

    @Test
    void shouldExportEveryPackageOfTheApiWithAVersionOfItsOwn() {
        Map<String, String> exports = clauses(manifests.get(API).getValue("Export-Package"));
        Set<JavaPackage> packages = new HashSet<>();
        Code.CONTRACTS.forEach(type -> packages.add(type.getPackage()));

        assertEquals(packages.stream().map(JavaPackage::getName).collect(Collectors.toSet()), exports.keySet());
        // Without the annotation a package would get the version of the bundle, and change with it.
        packages.forEach(found ->
                assertTrue(found.isAnnotatedWith(Version.class), found.getName() + " lacks its @Version"));
        exports.forEach((name, attributes) -> assertTrue(attributes.contains(";version="), name));
    }

    @Test
    void shouldImportNothingThatIsEmbedded() {
        assertAll(manifests.entrySet().stream().map(bundle -> () -> {
            for (String name : clauses(bundle.getValue().getValue("Import-Package")).keySet()) {
                assertFalse(EMBEDDED.stream().anyMatch(name::startsWith),
                        bundle.getKey() + " imports " + name + ", which would rewire it with what others brought");
            }
        }));
    }

    @Test
    void shouldImportOnlyWhatTheJdkOrOsgiOrLoggingOrTheApiGive() {
        assertAll(manifests.entrySet().stream().map(bundle -> () ->
                clauses(bundle.getValue().getValue("Import-Package")).forEach((name, attributes) ->
                        assertTrue(GIVEN.stream().anyMatch(name::startsWith)
                                || name.startsWith(GIVEN_TO.getOrDefault(bundle.getKey(), Code.ROOT + "none"))
                                || attributes.contains("resolution:=optional"),
                                bundle.getKey() + " imports " + name))));
    }

    @Test
    void shouldTakeTheLoggingOfEitherGeneration() {
        assertAll(manifests.entrySet().stream().map(bundle -> () ->
                clauses(bundle.getValue().getValue("Import-Package")).forEach((name, attributes) ->
                        assertTrue(!name.startsWith("org.slf4j") || attributes.contains("[1.7,3)"),
                                bundle.getKey() + " imports " + name + attributes))));
    }

    @Test
    void shouldGiveTheJdkNoClassToKeep() {
        assertAll(manifests.entrySet().stream().map(bundle -> () ->
                assertFalse(clauses(bundle.getValue().getValue("Import-Package")).containsKey("jdk.jfr"),
                        bundle.getKey() + " would leave its class loader behind: event classes are kept for ever")));
    }

    private static Map<String, String> clauses(String header) {
        Map<String, String> clauses = new TreeMap<>();
        if (header != null) {
            CLAUSE.matcher(header).results().forEach(clause -> clauses.put(clause.group(1), clause.group(2)));
        }
        return clauses;
    }

    private static Map<String, Attributes> manifests() {
        Map<String, Attributes> found = new TreeMap<>();
        try {
            for (URL url : Collections.list(Code.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
                try (InputStream in = url.openStream()) {
                    Attributes attributes = new Manifest(in).getMainAttributes();
                    String name = String.valueOf(attributes.getValue("Bundle-SymbolicName"));
                    if (name.startsWith(Code.ROOT)) {
                        found.put(name, attributes);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
