// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.junit.jupiter.api.Test;

/** What the help of every command says. */
class DescriptionsTest {

    private static List<Class<?>> commands() throws IOException {
        try (Stream<Path> classes = Files.list(Path.of("target", "classes", "org", "ippan", "network", "shell"))) {
            return classes.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("$"))
                    .<Class<?>>map(name -> load(name.replace(".class", "")))
                    .filter(type -> type.isAnnotationPresent(Command.class)).toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName("org.ippan.network.shell." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldDescribeEveryCommandWithExamples() throws IOException {
        assertEquals(17, commands().size());
        for (Class<?> type : commands()) {
            Command command = type.getAnnotation(Command.class);
            assertTrue(type.isAnnotationPresent(Service.class), type + " is no service: Karaf would not see it");
            assertEquals("ippan", command.scope());
            assertTrue(command.description().matches("[A-Z].{20,}[^.]"), command.name());
            assertTrue(command.detailedDescription().contains("Examples:\n  ippan:" + command.name()), command.name());
        }
    }

    @Test
    void shouldDescribeEveryArgumentAndOption() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Class<?> type : commands()) {
            for (Class<?> part = type; part != Object.class; part = part.getSuperclass()) {
                for (Field field : part.getDeclaredFields()) {
                    Argument argument = field.getAnnotation(Argument.class);
                    Option option = field.getAnnotation(Option.class);
                    String said = argument != null ? argument.description()
                            : option != null ? option.description() : "Not for operators";
                    if (!said.matches("[A-Z].*[^.]")) {
                        wrong.add(field + ": " + said);
                    }
                }
            }
        }

        assertEquals(List.of(), wrong);
    }
}
