// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the process in good order: SIGTERM and Ctrl-C only ask for it, the main thread tidies up, and its exit code
 * counts. Safe for any thread.
 */
public final class Shutdown {

    /** What tidying up may take before the process ends without it. */
    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int code = ExitCode.FAILED;
    private volatile int failure = ExitCode.OK;

    /** Catches the signals of the process. */
    public static Shutdown install() {
        Shutdown shutdown = new Shutdown();
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::onSignal, "ippan-node-shutdown"));
        return shutdown;
    }

    private void onSignal() {
        request();
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("ippan-node: did not stop within " + PATIENCE_SECONDS + " s, so it ends by force;"
                        + " what was accepted but not sent or saved by now is lost");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Otherwise the exit code were that of the signal.
        Runtime.getRuntime().halt(code);
    }

    /** Asks for the end. */
    void request() {
        requested.countDown();
    }

    /** Whether the end was asked for. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits until somebody asks for the end. */
    void await() throws InterruptedException {
        requested.await();
    }

    /** Waits until somebody asks for the end, but not longer than this; says whether somebody did. */
    public boolean await(long millis) throws InterruptedException {
        return requested.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Asks for the end when a stream ends, which happens however the process at its other end dies. */
    void requestAtEndOf(InputStream stream) {
        Thread watcher = new Thread(() -> {
            byte[] ignored = new byte[1024];
            try {
                while (stream.read(ignored) >= 0) {
                    continue;
                }
            } catch (IOException e) {
                System.err.println("ippan-node: standard input broke: " + e.getMessage());
            }
            request();
        }, "ippan-node-stdin");
        watcher.setDaemon(true);
        watcher.start();
    }

    /**
     * Asks for the end because the node cannot go on; by force, if that takes too long. Blocks.
     *
     * @param exitCode what the process ends with, whatever the main thread says
     */
    void fail(int exitCode) {
        failure = exitCode;
        request();
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(exitCode);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (OutOfMemoryError e) {
            // Waiting takes memory too, and nothing else would end the process.
            Runtime.getRuntime().halt(exitCode);
        }
    }

    /** Ends the process: the main thread is done. */
    public void exit(int exitCode) {
        code = failure == ExitCode.OK ? exitCode : failure;
        finished.countDown();
        System.exit(code);
    }
}
