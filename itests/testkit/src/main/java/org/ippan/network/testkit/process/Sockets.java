// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The sockets of a process on Linux; none where the system does not tell. */
public final class Sockets {

    private static final Path PROCESSES = Path.of("/proc");
    private static final List<String> TABLES = List.of("tcp", "tcp6", "udp", "udp6", "unix", "netlink");
    private static final String SOCKET = "socket:[";

    private Sockets() {
    }

    /** Those of this process, as the system describes them. */
    public static List<String> here() {
        return of(ProcessHandle.current().pid());
    }

    /** Those of a process, each as its row in one of the system's tables, which has addresses and state. */
    public static List<String> of(long process) {
        Path folder = PROCESSES.resolve(Long.toString(process));
        try (Stream<Path> all = Files.list(folder.resolve("fd"))) {
            return all.map(Sockets::target).filter(target -> target.startsWith(SOCKET))
                    .map(target -> described(folder.resolve("net"), target)).sorted().toList();
        } catch (IOException e) {
            // No such folder, or the process has ended.
            return List.of();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // Closed in the meantime.
            return "";
        }
    }

    private static String described(Path network, String socket) {
        String number = " " + socket.substring(SOCKET.length(), socket.length() - 1);
        return TABLES.stream().flatMap(table -> rows(network, table))
                .filter(row -> (row + " ").contains(number + " ")).findFirst().orElse(socket);
    }

    private static Stream<String> rows(Path network, String table) {
        try {
            return Files.readAllLines(network.resolve(table)).stream().map(row -> table + " " + row.trim());
        } catch (IOException e) {
            // Not every system has every table.
            return Stream.empty();
        }
    }
}
