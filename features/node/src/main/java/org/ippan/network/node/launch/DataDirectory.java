// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.ippan.network.api.state.FileErrors;
import org.ippan.network.api.state.PrivateFiles;

/**
 * The directory of one running node, for its user alone: {@code state} survives, {@code cache} is wiped by the
 * framework at each start, {@code lock} keeps a second node out for as long as the first lives, however it ends.
 */
public final class DataDirectory implements AutoCloseable {

    private static final String STATE = "state";
    private static final String CACHE = "cache";

    private final Path root;
    private final boolean temporary;
    private final FileChannel lock;

    private DataDirectory(Path root, boolean temporary, FileChannel lock) {
        this.root = root;
        this.temporary = temporary;
        this.lock = lock;
    }

    /** A directory that is removed at the end. */
    static DataDirectory temporary() {
        try {
            return open(Files.createTempDirectory("ippan-node-"), true);
        } catch (IOException e) {
            throw new LaunchException("cannot make a temporary directory: " + FileErrors.words(e), e);
        }
    }

    /**
     * A directory that stays.
     *
     * @throws LaunchException if another node uses it, or it cannot be written
     */
    static DataDirectory of(Path root) {
        return open(root.toAbsolutePath().normalize(), false);
    }

    private static DataDirectory open(Path root, boolean temporary) {
        try {
            PrivateFiles.createFolder(root);
            PrivateFiles.createFolder(root.resolve(STATE));
            PrivateFiles.createFolder(root.resolve(CACHE));
            FileChannel channel = PrivateFiles.open(root.resolve("lock"));
            if (!locked(channel)) {
                channel.close();
                throw new LaunchException("another node uses " + root
                        + "; wait until it has ended, or give this one a directory of its own");
            }
            return new DataDirectory(root, temporary, channel);
        } catch (IOException e) {
            throw new LaunchException("cannot use the data directory " + root + ": " + FileErrors.words(e), e);
        }
    }

    /** Locks the file until the channel is closed or the process ends. */
    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock held = channel.tryLock();
            return held != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Bundles and configuration of this run. */
    Path cache() {
        // The framework makes this folder anew, open to all, below one that is not.
        return root.resolve(CACHE).resolve("framework");
    }

    /** What survives: identity, reputation, addresses. */
    Path state() {
        return root.resolve(STATE);
    }

    /** Removes a folder with all that is in it, if it is there. */
    public static void delete(Path tree) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(tree)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    /** Lets another node use the directory, after removing it if it was made for this one. */
    @Override
    public void close() {
        try (lock) {
            if (temporary) {
                delete(root);
            }
        } catch (IOException e) {
            throw new LaunchException("cannot tidy up " + root + ": " + FileErrors.words(e), e);
        }
    }
}
