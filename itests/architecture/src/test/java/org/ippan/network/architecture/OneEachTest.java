// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.HeapShare;
import org.ippan.network.api.HttpFetch;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.operator.Orders;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.rate.RateLimit;
import org.ippan.network.api.rate.TokenBucket;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.snapshot.Part;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What several bundles need is written once. The table of {@code docs/architecture.md} says who uses it, and who does
 * without it and why: those who really do are compared with these names.
 */
class OneEachTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "architecture.md");
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+)`");
    private static final String NEW = "<init>";

    static Stream<Arguments> mechanisms() {
        return Stream.of(
                arguments("Services of the node found", calls(NodeServices.class.getName(), NEW),
                        calls("org.osgi.framework.BundleContext", "getServiceReference", "getServiceReferences",
                                "getAllServiceReferences", "addServiceListener")
                                .or(calls("org.osgi.util.tracker.ServiceTracker", NEW))),
                arguments("Orders of an operator", calls(Orders.class.getName(), NEW),
                        calls(PeerAdmin.class.getName()).or(calls(ReputationAdmin.class.getName()))),
                arguments("Values of a snapshot", calls(Part.class.getName(), "of"),
                        calls(Class.class.getName(), "getRecordComponents")),
                arguments("A rate that nothing may exceed for 30 s", calls(RateLimit.class.getName(), NEW),
                        calls(TokenBucket.class.getName(), NEW)),
                arguments("A part of the heap", calls(HeapShare.class.getName(), "of", "all", "bytes"),
                        calls(Runtime.class.getName(), "maxMemory")),
                arguments("An answer over HTTP", calls(HttpFetch.class.getName(), NEW),
                        calls(URL.class.getName(), "openConnection", "openStream")));
    }

    /** Of the methods with these names; without names, of all. */
    private static Predicate<AccessTarget> calls(String owner, String... names) {
        return target -> target.getOwner().getFullName().equals(owner)
                && (names.length == 0 || Set.of(names).contains(target.getName()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mechanisms")
    void shouldBeUsedByAllButThoseThatThePageNames(String mechanism, Predicate<AccessTarget> one,
            Predicate<AccessTarget> other) throws IOException {
        String[] cells = Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| " + mechanism + " |"))
                .findFirst().orElseThrow().split("\\|");
        Set<String> itself = names(cells[2]);

        assertEquals(names(cells[3]), callers(one, itself), "use it");
        assertEquals(names(cells[4]), callers(other, itself), "do without it");
    }

    private static Set<String> names(String cell) {
        return NAME.matcher(cell).results().map(name -> name.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> callers(Predicate<AccessTarget> called, Set<String> itself) {
        return Stream.of(Code.BUNDLES, Code.CONTRACTS, Code.LAUNCHER).flatMap(JavaClasses::stream)
                .filter(type -> type.getAccessesFromSelf().stream().anyMatch(access -> called.test(access.getTarget())))
                .map(Code::outermost).map(JavaClass::getSimpleName).filter(name -> !itself.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
