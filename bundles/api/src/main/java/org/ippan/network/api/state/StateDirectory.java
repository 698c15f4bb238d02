// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.state;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ippan.network.api.Uninterrupted;

/**
 * One bundle's folder for state. It lies below the framework property {@link #PROPERTY}, else below
 * {@code ${karaf.data}/ippan-network}, else in the bundle's data area. Files are replaced as a whole: a crash leaves
 * the old or the new content. Methods may be called by one thread at a time and do block: never call them on an I/O
 * thread.
 */
public final class StateDirectory {

    /** Framework property: the folder below which every bundle has one of its own. */
    public static final String PROPERTY = "org.ippan.network.state";

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
     * @return its content; empty if there is no such file
     * @throws IOException if it cannot be read
     */
    public Optional<byte[]> read(String name) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(path(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Replaces a file: writes beside it, forces that to the disk, renames.
     *
     * @param name of the file
     * @param content all of it
     * @throws IOException if it cannot be written; the old file is then as it was
     */
    public void write(String name, byte[] content) throws IOException {
        // Channels close when their thread is interrupted: what was learnt would be lost.
        Uninterrupted.run(() -> replace(name, content));
    }

    private void replace(String name, byte[] content) throws IOException {
        Files.createDirectories(folder);
        Path beside = path(name + ".tmp");
        try (FileChannel file = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                file.write(left);
            }
            file.force(true);
        }
        Files.move(beside, path(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Moves an unreadable file out of the way, so that nothing is lost and the next start is a clean one.
     *
     * @param name of the file
     * @return where it is now
     * @throws IOException if it cannot be moved
     */
    public Path setAside(String name) throws IOException {
        return Files.move(path(name), path(name + ".unreadable"), StandardCopyOption.REPLACE_EXISTING);
    }
}
