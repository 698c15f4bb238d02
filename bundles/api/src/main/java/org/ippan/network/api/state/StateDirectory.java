// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.state;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One bundle's folder for state. It lies below the framework property {@link #PROPERTY}, else below
 * {@code ${karaf.data}/ippan-network}, else in the bundle's data area. Files and folders are as {@link PrivateFiles}
 * makes them. Methods may be called by one thread at a time and do block: never call them on an I/O thread.
 */
public final class StateDirectory {

    /** Framework property: the folder below which every bundle has one of its own. */
    public static final String PROPERTY = "org.ippan.network.state";

    /** Framework property: further files with secrets, separated as in a class path, that the doctor looks after. */
    public static final String SECRET_FILES = "org.ippan.network.secretFiles";

    /** Damaged files that are kept beside the good one. */
    public static final int ASIDE = 8;

    private static final int TOLD = 5;
    /** A file that is a larger part of the heap is damaged, or of a node with more: to read it would end this one. */
    private static final int HEAP_PART = 8;

    private final Path folder;

    /**
     * The state kept in a folder, which is made when something is first written.
     *
     * @param folder the folder
     */
    public StateDirectory(Path folder) {
        this.folder = folder;
    }

    /**
     * A bundle's folder.
     *
     * @param properties gives framework properties, as {@code BundleContext.getProperty} does
     * @param dataArea the bundle's own data area
     * @param bundle short name of the bundle
     * @return its state
     */
    public static StateDirectory of(UnaryOperator<String> properties, File dataArea, String bundle) {
        String configured = properties.apply(PROPERTY);
        if (configured != null) {
            return new StateDirectory(Path.of(configured, bundle));
        }
        String karaf = properties.apply("karaf.data");
        return new StateDirectory(karaf == null ? dataArea.toPath().resolve(bundle)
                : Path.of(karaf, "ippan-network", bundle));
    }

    /**
     * Where a file lies or would lie.
     *
     * @param name of the file
     * @return its path
     */
    public Path path(String name) {
        return folder.resolve(name);
    }

    /**
     * Reads a file.
     *
     * @param name of the file
     * @param most its largest length in bytes; with little memory less is read
     * @return its content; empty if there is no such file
     * @throws IOException if it cannot be read, is longer, or is not a regular file of this user
     */
    public Optional<byte[]> read(String name, long most) throws IOException {
        try {
            PrivateFiles.requireFolder(folder);
            return Optional.of(PrivateFiles.read(path(name),
                    Math.min(most, Runtime.getRuntime().maxMemory() / HEAP_PART)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Replaces a file: writes beside it, forces that to the disk, renames. Only the user of this process can read it.
     *
     * @param name of the file
     * @param content all of it
     * @throws IOException if it cannot be written; the old file is then as it was
     */
    public void write(String name, byte[] content) throws IOException {
        if (folder.getParent() != null) {
            PrivateFiles.createFolder(folder.getParent());
        }
        PrivateFiles.createFolder(folder);
        PrivateFiles.replace(path(name), content);
    }

    /**
     * Moves a damaged file out of the way, so that nothing is lost and the next start is a clean one. Those moved
     * before stay, up to {@link #ASIDE}; then the oldest goes.
     *
     * @param name of the file
     * @return where it is now
     * @throws IOException if it cannot be moved, or the folder is not this user's
     */
    public Path setAside(String name) throws IOException {
        PrivateFiles.requireFolder(folder);
        int number = 1;
        while (Files.exists(aside(name, number), LinkOption.NOFOLLOW_LINKS) && number < ASIDE) {
            number++;
        }
        if (Files.exists(aside(name, number), LinkOption.NOFOLLOW_LINKS)) {
            for (int i = 1; i < ASIDE; i++) {
                Files.move(aside(name, i + 1), aside(name, i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return Files.move(path(name), aside(name, number));
    }

    private Path aside(String name, int number) {
        return path(name + ".unreadable" + (number == 1 ? "" : "-" + number));
    }

    /**
     * Tells what in this folder is open to other users: a line each, of a few.
     *
     * @param warn takes the lines
     */
    public void tellExposed(Consumer<String> warn) {
        PrivateFiles.exposed(folder).stream().limit(TOLD).forEach(line -> warn.accept(line
                + "; run chmod -R go= " + folder + " as the user of the node, and replace keys that were read"));
    }
}
