// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.ippan.network.api.settings.Secrets;
import org.ippan.network.node.CommandLine.UsageException;

/** A file with a new key for a network, readable by its owner only. */
final class KeyFile {

    private KeyFile() {
    }

    /**
     * Makes one; a file that is there is never written over.
     *
     * @throws UsageException if it cannot be made, saying why
     */
    static void create(Path file) throws UsageException {
        try {
            if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
            Files.writeString(file, Secrets.create() + "\n", StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new UsageException("--new-key " + file + ": there is such a file; use it with --key-file");
        } catch (IOException e) {
            throw new UsageException("--new-key " + file + ": " + DataDirectory.describe(e));
        }
    }
}
