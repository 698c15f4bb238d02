// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.state;

import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import org.ippan.network.api.Causes;

/**
 * What went wrong with a file, in words for operators. The JDK tells most of it by the class of the exception alone,
 * with nothing but a path in its message. Stateless.
 */
public final class FileErrors {

    private static final Map<Class<? extends FileSystemException>, String> MEANING = Map.of(
            NoSuchFileException.class, "there is no such file or folder",
            AccessDeniedException.class, "the user of this process may not open it",
            FileAlreadyExistsException.class, "something else is there already",
            DirectoryNotEmptyException.class, "it is a folder that is not empty");

    private FileErrors() {
    }

    /**
     * Why a file could not be read or written.
     *
     * @param failure from the JDK or {@link PrivateFiles}
     * @return words without a full stop, with the path where it is known
     */
    public static String words(Exception failure) {
        if (failure instanceof UncheckedIOException unchecked) {
            return words(unchecked.getCause());
        }
        if (failure instanceof CharacterCodingException) {
            return "it is no text in UTF-8";
        }
        if (failure instanceof FileSystemException file) {
            String reason = file.getReason() != null ? file.getReason()
                    : MEANING.getOrDefault(file.getClass(), Causes.UNSAID);
            String other = file.getOtherFile() == null ? "" : " to " + file.getOtherFile();
            return file.getFile() == null ? reason : file.getFile() + other + ": " + reason;
        }
        return Causes.text(failure);
    }
}
