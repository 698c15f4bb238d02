// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.ippan.network.benchmarks.scenario.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    @Test
    void shouldCombineValuesAndPutWhatIsComparedSideBySide() {
        Arguments arguments = Arguments.parse(List.of("--product=ours,netty", "--bytes=256,1024", "--publishers=all"));

        assertEquals(List.of("ours mesh 5 all 256B plain jvm-one", "netty mesh 5 all 256B plain jvm-one",
                "ours mesh 5 all 1KiB plain jvm-one", "netty mesh 5 all 1KiB plain jvm-one"),
                arguments.scenarios().stream().map(Scenario::label).toList());
    }

    @Test
    void shouldHandScenariosToProcessesUnchanged() {
        Arguments arguments = Arguments.parse(List.of("--topology=ring,random", "--nodes=6,40", "--tls=true,false",
                "--jvm=one,each", "--rate=1000", "--messages=7", "--urgent=100"));

        arguments.scenarios().forEach(scenario -> assertEquals(scenario, Scenario.parse(scenario.text())));
    }

    @Test
    void shouldKnowWhatASystemCannotPlay() {
        assertFalse(Arguments.parse(List.of("--product=hazelcast", "--tls=true")).scenarios().get(0).possible());
        assertFalse(Arguments.parse(List.of("--product=netty", "--topology=chain")).scenarios().get(0).possible());
        assertFalse(Arguments.parse(List.of("--product=ours", "--topology=random")).scenarios().get(0).possible());
        assertFalse(Arguments.parse(List.of("--product=netty", "--urgent=100")).scenarios().get(0).possible());
        assertTrue(Arguments.parse(List.of("--product=ours", "--topology=chain")).scenarios().get(0).possible());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--speed=1", "--nodes", "--nodes=many", "--bytes=23", "--tls=maybe", "--product=kafka",
            "--profile=jfr"})
    void shouldRefuseWhatItDoesNotKnow(String word) {
        assertThrows(IllegalArgumentException.class, () -> {
            Arguments arguments = Arguments.parse(List.of(word));
            arguments.scenarios();
            arguments.options();
        });
    }

    @Test
    void shouldExplainEveryOption() {
        Arrays.stream(Option.values())
                .forEach(option -> assertTrue(Arguments.help().contains("--" + option.text()), option.text()));
    }
}
