// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.function.Consumer;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.state.FileErrors;
import org.ippan.network.node.launch.LaunchException;
import org.ippan.network.node.launch.LaunchedNode;
import org.ippan.network.node.run.RunArguments.Publication;

/** {@code run --publish}: waits for peers, then publishes the lines of a source on a thread of its own. */
final class Publishing {

    private static final long POLL_MILLIS = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Publication publication;
    private final InputStream source;
    private final long totalBytes;
    private final Shutdown shutdown;
    private final Consumer<String> result;
    private volatile boolean failed;

    /**
     * Opens the source, so that a missing file is told before anything starts.
     *
     * @param publication what to publish
     * @param shutdown says when to give up
     * @param result is told once when all lines were published
     * @throws LaunchException if the source cannot be opened, saying why
     */
    Publishing(Publication publication, Shutdown shutdown, Consumer<String> result) {
        boolean standardInput = publication.source().equals(RunArguments.STANDARD_STREAM);
        this.publication = publication;
        this.shutdown = shutdown;
        this.result = result;
        try {
            this.source = standardInput ? System.in : open(Path.of(publication.source()));
            this.totalBytes = standardInput ? 0 : Files.size(Path.of(publication.source()));
        } catch (IOException e) {
            throw LaunchException.of("--publish", e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "it is a folder, not a file");
        }
        return Files.newInputStream(file);
    }

    /** Begins; the thread ends with the process at the latest. */
    void start(LaunchedNode node) {
        Thread publisher = new Thread(() -> run(node), "ippan-node-publish");
        publisher.setDaemon(true);
        publisher.start();
    }

    /** Whether the source could not be read to its end. */
    boolean failed() {
        return failed;
    }

    private void run(LaunchedNode node) {
        try (LineReader lines = new LineReader(source, LinePublisher.MAX_LINE_BYTES)) {
            if (awaitPeers(node)) {
                publish(node, lines);
            }
        } catch (IOException e) {
            failed = true;
            System.err.println("ippan-node: cannot read " + publication.source() + ": " + FileErrors.words(e));
        } catch (LaunchException e) {
            // The node was closed while a line was on its way: RunCommand is stopping.
            failed = !shutdown.isRequested();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitPeers(LaunchedNode node) throws InterruptedException {
        Patience patience = patience();
        while (!shutdown.await(POLL_MILLIS)) {
            int links = node.find(Gossip.class).map(gossip -> gossip.snapshot().links()).orElse(0);
            if (links >= publication.minPeers()) {
                return true;
            }
            if (patience.exhausted(links + " of " + publication.minPeers() + " peers connected (--min-peers)")) {
                giveUp();
                return false;
            }
        }
        return false;
    }

    private Patience patience() {
        return new Patience(publication.timeoutSeconds(), System.err::println, System::nanoTime);
    }

    private void giveUp() {
        failed = true;
        shutdown.request();
    }

    private void publish(LaunchedNode node, LineReader lines) throws IOException, InterruptedException {
        PublishProgress progress = new PublishProgress(shutdown, Terminal.standardError(), patience(),
                lines::bytesRead, totalBytes);
        long begun = System.nanoTime();
        LinePublisher.Result published = new LinePublisher(() -> node.find(Gossip.class), publication.topic(),
                new SecureRandom().nextLong(), progress).publish(lines);
        progress.done();
        if (progress.gaveUp()) {
            giveUp();
        }
        if (published.refused() > 0) {
            System.err.println("ippan-node: " + published.refused() + " lines were too long and not published");
        }
        if (published.complete()) {
            result.accept(String.format(Locale.ROOT, "PUBLISHED lines=%d%s seconds=%.3f", published.accepted(),
                    published.refused() == 0 ? "" : " refused=" + published.refused(),
                    (System.nanoTime() - begun) / NANOS_PER_SECOND));
        }
    }
}
