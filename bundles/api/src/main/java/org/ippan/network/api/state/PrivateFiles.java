// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.Uninterrupted;

/**
 * Files and folders for one user alone. Folders are made with mode 0700 and files with 0600, never changed to that
 * afterwards: in between another user could open them. A name that is a symbolic link, a pipe or a device, or that
 * belongs to another user than this process's or root, is refused before it is opened: a pipe would be waited for, a
 * link would lead to a file of another user's choice. Where a file system has no such modes, none are set or checked.
 * Stateless; every method blocks for the disk.
 */
public final class PrivateFiles {

    private static final Set<PosixFilePermission> OWNER = EnumSet.of(PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    /** A state directory has a folder for each bundle and files in it; what lies deeper is not the node's. */
    private static final int DEPTH = 3;
    /** More are not looked at: a finding names a few. */
    private static final int MOST_LOOKED_AT = 1_000;
    private static final int CHUNK = 1 << 16;

    private PrivateFiles() {
    }

    /**
     * Makes a folder and those above it that are not there.
     *
     * @param folder where
     * @throws IOException if it cannot be made, or what is there is no folder of this user
     */
    public static void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder.getParent() == null ? folder : folder.getParent(), modes(folder, "rwx------"));
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(folder, modes(folder, "rwx------"));
        }
        require(folder, true);
    }

    /**
     * Requires that a folder is one, and this user's.
     *
     * @param folder which
     * @throws IOException if it is not there, a symbolic link, something else, or another user's
     */
    public static void requireFolder(Path folder) throws IOException {
        require(folder, true);
    }

    /**
     * Reads a regular file of this user.
     *
     * @param file which
     * @param most its largest length in bytes
     * @return its content
     * @throws IOException if it cannot be read, is longer, or is refused; {@code NoSuchFileException} if it is not
     *     there
     */
    public static byte[] read(Path file, long most) throws IOException {
        require(file, false);
        AtomicReference<byte[]> content = new AtomicReference<>();
        // Channels close when their thread is interrupted: a file would be taken for one that cannot be read.
        Uninterrupted.run(() -> content.set(content(file, most)));
        return content.get();
    }

    private static byte[] content(Path file, long most) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                InputStream stream = Channels.newInputStream(channel)) {
            if (channel.size() > most) {
                throw new FileSystemException(file.toString(), null, "it is too long: " + channel.size()
                        + " bytes, and at most " + most + " are read");
            }
            return stream.readNBytes((int) Math.min(Integer.MAX_VALUE - CHUNK, most));
        }
    }

    /**
     * Makes a new file with a content, and forces it to the disk.
     *
     * @param file where nothing is yet
     * @param content all of it
     * @throws IOException if it cannot be made, and then there is none; {@code FileAlreadyExistsException} if something
     *     is there
     */
    public static void create(Path file, byte[] content) throws IOException {
        Uninterrupted.run(() -> make(file, content));
    }

    private static void make(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE), modes(file, "rw-------"))) {
            write(channel, file, content);
        }
    }

    /** On a disk that is full a file is made all the same: half a key would be taken for a key later. */
    private static void write(FileChannel channel, Path file, byte[] content) throws IOException {
        try {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e instanceof FileSystemException ? e : new FileSystemException(file.toString(), null, e.getMessage());
        }
    }

    /**
     * Opens a file that may be there to be locked or written; its content stays.
     *
     * @param file which
     * @return it
     * @throws IOException if it cannot be opened or is refused
     */
    public static FileChannel open(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            require(file, false);
        }
        return FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS), modes(file, "rw-------"));
    }

    /**
     * Replaces a file as a whole: a crash leaves the old or the new content.
     *
     * @param file in a folder made by {@link #createFolder}
     * @param content all of it
     * @throws IOException if it cannot be written; the old file is then as it was
     */
    public static void replace(Path file, byte[] content) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".tmp");
        // What a crash left; a link goes, not what it leads to.
        Files.deleteIfExists(beside);
        create(beside, content);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * What in a file or folder is open to other users.
     *
     * @param tree a file, or a folder with what lies in it
     * @return a sentence without a full stop for each such file; empty if all is private, or there is nothing
     */
    public static List<String> exposed(Path tree) {
        List<String> found = new ArrayList<>();
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return found;
        }
        try (Stream<Path> walk = Files.walk(tree, DEPTH)) {
            for (Path path : (Iterable<Path>) walk.limit(MOST_LOOKED_AT)::iterator) {
                String open = openTo(path);
                if (!open.isEmpty()) {
                    found.add(path + " is open to other users: " + open);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            found.add("who may read " + tree + " cannot be found out: " + FileErrors.words(e));
        }
        return found;
    }

    private static String openTo(Path path) throws IOException {
        PosixFileAttributes attributes = posix(path);
        if (attributes == null || attributes.isSymbolicLink()) {
            return "";
        }
        Set<PosixFilePermission> others = EnumSet.copyOf(attributes.permissions());
        others.removeAll(OWNER);
        if (!Owners.trusted(attributes.owner())) {
            return "it belongs to " + attributes.owner().getName();
        }
        return others.stream().map(one -> one.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }

    private static void require(Path path, boolean folder) throws IOException {
        PosixFileAttributes posix = posix(path);
        BasicFileAttributes attributes = posix != null ? posix
                : Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
            throw new FileSystemException(path.toString(), null, "it is a symbolic link, which is not followed here;"
                    + " give the path it leads to");
        }
        if (folder ? !attributes.isDirectory() : !attributes.isRegularFile()) {
            throw new FileSystemException(path.toString(), null, "it is "
                    + (attributes.isDirectory() ? "a folder, not a file" : folder && attributes.isRegularFile()
                    ? "a file, not a folder" : "a pipe, socket or device, which is not waited for"));
        }
        if (posix != null && !Owners.trusted(posix.owner())) {
            throw new FileSystemException(path.toString(), null, "it belongs to " + posix.owner().getName()
                    + ", not to the user of this process; change its owner");
        }
    }

    private static PosixFileAttributes posix(Path path) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class,
                LinkOption.NOFOLLOW_LINKS);
        return view == null ? null : view.readAttributes();
    }

    private static FileAttribute<?>[] modes(Path path, String modes) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString(modes))} : new FileAttribute<?>[0];
    }
}
