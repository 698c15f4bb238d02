// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ippan.network.api.settings.Secrets;
import org.ippan.network.api.state.FileErrors;
import org.ippan.network.api.state.PrivateFiles;
import org.ippan.network.node.arguments.CommandLine.UsageException;

/**
 * A file whose content is the value of a secret key of the configuration: so it stands in no command line, where every
 * user of the machine would read it.
 *
 * @param option how it was given
 * @param pid the configuration
 * @param key the key
 * @param file where the secret is
 */
public record SecretFile(String option, String pid, String key, Path file) {

    /** No secret is longer. */
    private static final int MOST_BYTES = 4096;

    /**
     * Makes the file, with a new secret in it; a file that is there is never written over.
     *
     * @throws UsageException if it cannot be made, saying why
     */
    public void create() throws UsageException {
        try {
            PrivateFiles.create(file, (Secrets.create() + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (FileAlreadyExistsException e) {
            throw new UsageException(option + " " + file + (Files.isDirectory(file) ? ": it is a folder; name a file in"
                    + " it" : ": there is such a file; use it with --key-file"));
        } catch (IOException e) {
            throw new UsageException(option + ": " + FileErrors.words(e));
        }
    }

    /**
     * The secret.
     *
     * @throws UsageException if it cannot be read, saying why
     */
    public String read() throws UsageException {
        try {
            return new String(PrivateFiles.read(file, MOST_BYTES), StandardCharsets.UTF_8).trim();
        } catch (IOException e) {
            throw new UsageException(option + ": " + FileErrors.words(e));
        }
    }

    /** What an operator should know of who may read it; empty if that is well. */
    public List<String> warnings() {
        return PrivateFiles.exposed(file).stream().map(open -> option + ": " + open + "; run chmod 600 " + file
                + ", and replace the secret").toList();
    }
}
