// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {

    @TempDir
    private Path folder;

    @Test
    void shouldWaitUntilAFileIsWrittenWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("a.pem"), "one");
        FileWatch watch = new FileWatch(List.of(file.toString()));
        assertFalse(watch.isDue());

        Files.writeString(file, "half of t");
        assertFalse(watch.isDue(), "just written");
        Files.writeString(file, "half of two, and the rest");
        assertFalse(watch.isDue(), "just written again");
        assertTrue(watch.isDue());
        assertFalse(watch.isDue(), "read by now");
    }

    /** As Kubernetes and certbot renew: the name leads elsewhere, or is gone for a moment. */
    @Test
    void shouldSeeWhatALinkLeadsTo() throws IOException {
        Path one = Files.writeString(folder.resolve("one"), "same length");
        Path two = Files.writeString(folder.resolve("two"), "some length");
        Files.setLastModifiedTime(two, Files.getLastModifiedTime(one));
        Path link = Files.createSymbolicLink(folder.resolve("live.pem"), one);
        FileWatch watch = new FileWatch(List.of(link.toString(), "no file\0at all"));

        Files.delete(link);
        assertFalse(watch.isDue());
        Files.createSymbolicLink(link, two);
        assertFalse(watch.isDue());
        assertTrue(watch.isDue());
        assertFalse(watch.isDue());
    }
}
