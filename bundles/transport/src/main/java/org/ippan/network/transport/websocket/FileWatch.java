// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.websocket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files that settings are made of, such as a certificate: whether they are others than when they were read. Confined to
 * one thread at a time.
 */
public final class FileWatch {

    private final List<String> files;
    private Map<String, List<Object>> read;
    private Map<String, List<Object>> seen;

    /** Begins now; the files are to be read only after this. */
    public FileWatch(List<String> files) {
        this.files = List.copyOf(files);
        this.read = look();
        this.seen = read;
    }

    /** Whether to read them again: they are others, and stayed so since the last look, so that none is half written. */
    public boolean isDue() {
        Map<String, List<Object>> now = look();
        boolean quiet = now.equals(seen);
        seen = now;
        if (!quiet || now.equals(read)) {
            return false;
        }
        read = now;
        return true;
    }

    private Map<String, List<Object>> look() {
        Map<String, List<Object>> all = new LinkedHashMap<>();
        for (String file : files) {
            all.put(file, look(file));
        }
        return all;
    }

    /** What changes whenever the file, or what a link leads to, does; the same for all that cannot be read. */
    private static List<Object> look(String file) {
        try {
            BasicFileAttributes now = Files.readAttributes(Path.of(file), BasicFileAttributes.class);
            return List.of(now.lastModifiedTime(), now.size(), String.valueOf(now.fileKey()));
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
    }
}
