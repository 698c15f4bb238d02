// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's own classes, imported once, and the words the rules are written in. */
final class Code {

    /** Root of everything; a bundle's package below it is its artifactId. */
    static final String ROOT = "org.ippan.network.";
    static final String API = ROOT + "api..";
    static final Path FOLDER = Path.of("..", "..", "bundles");
    /** Every folder of a bundle but the api's: a new bundle is under the rules at once. */
    static final List<String> PROVIDERS = providers();

    /** Every class of every bundle; what they embed or use is known by name only. */
    static final JavaClasses BUNDLES = new ClassFileImporter().importPackages(
            PROVIDERS.stream().map(ROOT::concat).toArray(String[]::new));
    static final JavaClasses CONTRACTS = new ClassFileImporter().importPackages(ROOT + "api");
    /** It is no bundle, and its jar has the classes of others in it: its own are read where they are compiled to. */
    static final JavaClasses LAUNCHER = new ClassFileImporter().importPath(
            Path.of("..", "..", "features", "node", "target", "classes"));

    private Code() {
    }

    private static List<String> providers() {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString()).filter(name -> !name.equals("api")).sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A class of the DS shell: {@code XxxComponent} with its nested classes. */
    static DescribedPredicate<JavaClass> shells() {
        return named("DS components", "Component");
    }

    /** What an operator may write: annotation types that Declarative Services and Metatype read. */
    static DescribedPredicate<JavaClass> configs() {
        return named("configuration annotations", "Config");
    }

    /** Bundles that show and set what others do: they are nothing without the container, and decide nothing. */
    static DescribedPredicate<JavaClass> leaves() {
        return resideInAnyPackage(ROOT + "management..", ROOT + "shell..", ROOT + "gogo..", ROOT + "web..")
                .as("leaves");
    }

    /** Everything that must run in tests and simulations exactly as it does in a container. */
    static DescribedPredicate<JavaClass> cores() {
        return DescribedPredicate.not(leaves().or(shells()).or(configs()).or(named("thread makers", "Threads")))
                .as("cores");
    }

    static DescribedPredicate<JavaClass> named(String description, String suffix) {
        return new DescribedPredicate<>(description) {
            @Override
            public boolean test(JavaClass type) {
                return outermost(type).getSimpleName().endsWith(suffix);
            }
        };
    }

    static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(Code::outermost).orElse(type);
    }
}
