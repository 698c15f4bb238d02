// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management.bean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeData;
import org.ippan.network.api.snapshot.Measure;
import org.junit.jupiter.api.Test;

/** A client has no class of an application, and cannot read an exception that has one in it. */
class GenericBeanTest {

    /** What an application tells. */
    public record Counters(@Measure("A number.") long number) {
    }

    /** What a list of an application may hold. */
    public record Lists(@Measure("Names.") List<String> names) {
    }

    @Test
    void shouldShowAListOfTextsAsATable() throws Exception {
        GenericBean bean = new GenericBean("A bean.", () -> new Lists(List.of("paris", "rome")))
                .with(SnapshotAttributes.of(Lists.class));

        CompositeData[] names = (CompositeData[]) bean.getAttribute("Names");

        assertEquals(List.of("paris", "rome"), Stream.of(names).map(row -> row.get("value")).toList());
        assertEquals(CompositeData[].class.getName(), bean.getMBeanInfo().getAttributes()[0].getType());
    }

    /** A failure of its own. */
    private static final class NoDatabase extends RuntimeException {

        private static final long serialVersionUID = 1;

        NoDatabase() {
            super("no database");
        }
    }

    private static GenericBean bean(Supplier<Record> snapshot) {
        return new GenericBean("A bean.", snapshot).with(SnapshotAttributes.of(Counters.class));
    }

    @Test
    void shouldSayWhyItCannotBeReadInTheWordsAloneOfWhatWasThrown() {
        List<Supplier<Record>> failing = List.of(() -> {
            throw new NoDatabase();
        }, () -> {
            throw new IllegalStateException(new NoDatabase());
        });
        for (Supplier<Record> each : failing) {
            for (Exception told : List.of(
                    assertThrows(IllegalStateException.class, () -> bean(each).getAttribute("Number")),
                    assertThrows(IllegalStateException.class, () -> bean(each).getAttributes(new String[] {
                        "Number"
                    })))) {
                String text = told.getMessage();
                assertEquals("it cannot be read: ", text.substring(0, 19));
                assertEquals(NoDatabase.class.getName() + ": no database", text.replaceFirst(
                        "^it cannot be read: (java\\.lang\\.IllegalStateException: )?", ""));
                assertNull(told.getCause());
            }
        }
    }
}
