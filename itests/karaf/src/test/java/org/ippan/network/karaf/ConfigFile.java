// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.karaf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A text file in a container, read and edited as a person does. */
record ConfigFile(Path path) {

    /**
     * File Install writes a file back shortly after it took it over, if it has changed since: what a test writes as
     * fast as that would be lost. On a busy machine that is later, so it is looked whether a change has stayed.
     */
    private static final Duration QUIET = Duration.ofMillis(300);
    private static final int MOST_TRIES = 10;

    /** None while there is no file. */
    List<String> lines() {
        try {
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets a key; null takes it away. A file that is not there is made. */
    void set(String key, String value) {
        LockSupport.parkNanos(QUIET.toNanos());
        for (int i = 0; i < MOST_TRIES && !stayed(key, value); i++) {
            write(key, value);
            LockSupport.parkNanos(QUIET.toNanos());
        }
    }

    private boolean stayed(String key, String value) {
        List<String> here = lines();
        return value == null ? here.stream().noneMatch(line -> line.startsWith(key + " ="))
                : here.contains(key + " = " + value);
    }

    /** The same of a container that does not run. */
    void write(String key, String value) {
        List<String> changed = new ArrayList<>(lines());
        changed.removeIf(line -> line.startsWith(key + " ="));
        if (value != null) {
            changed.add(key + " = " + value);
        }
        try {
            // At once: half a file would be taken over, and written back over the whole one.
            Path whole = Files.write(path.resolveSibling(path.getFileName() + ".new"), changed);
            Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
