// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gogo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ippan.network.api.operator.NodeServices;
import org.junit.jupiter.api.Test;

class CommandTest {

    private final List<List<String>> done = new ArrayList<>();
    private final Command command = new Command("peer-ban", "PEER [SECONDS]", "Bans a peer.", true, words -> {
        done.add(words);
        return "Done.";
    });

    private String run(Object... words) throws Exception {
        return command.execute(null, List.of(words));
    }

    @Test
    void shouldTakeAwayOnlyWhenToldTwice() throws Exception {
        assertTrue(run("paris").startsWith("Nothing is changed"));
        assertEquals(List.of(), done);

        assertEquals("Done.", run("paris", 60L, "--yes"));
        assertEquals(List.of(List.of("paris", "60")), done);
    }

    @Test
    void shouldSayHowItIsWrittenWhereTooFewOrTooManyWordsFollow() {
        String told = "usage: ippan:peer-ban PEER [SECONDS] --yes";

        assertEquals(told, assertThrows(IllegalArgumentException.class, this::run).getMessage());
        assertEquals(told, assertThrows(IllegalArgumentException.class, () -> run("paris", "60", "rubbish", "--yes"))
                .getMessage());
        assertEquals(List.of(), done);
    }

    @Test
    void shouldHelpWithoutDoingAnything() throws Exception {
        assertEquals("ippan:peer-ban PEER [SECONDS] --yes\nBans a peer.", run("paris", "--help"));
        assertEquals(List.of(), done);
    }

    @Test
    void shouldNameAndDescribeEachCommandOnce() {
        Set<String> seen = new HashSet<>();

        for (Command each : new Commands(new NodeServices(), null).all()) {
            assertTrue(each.name().matches("[a-z]+(-[a-z]+)?") && seen.add(each.name()), each.name());
            assertTrue(each.text().matches("\\p{Lu}.*\\.") && seen.add(each.text()), each.text());
        }
    }
}
