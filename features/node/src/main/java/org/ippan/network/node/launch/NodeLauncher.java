// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.Uninterrupted;
import org.ippan.network.api.state.FileErrors;
import org.ippan.network.node.arguments.CommandLine.UsageException;
import org.ippan.network.node.arguments.SecretFile;

/** What a node is to be like, and its start. Not safe for several threads. */
public final class NodeLauncher {

    /** A service and how to register it. */
    private record Service<T>(Class<T> type, T service, Map<String, ?> properties) {

        void register(NodeFramework framework) {
            framework.register(type, service, properties);
        }
    }

    private final Map<String, Map<String, String>> configuration = new LinkedHashMap<>();
    private final List<Service<?>> services = new ArrayList<>();
    private final List<Path> secretFiles = new ArrayList<>();
    private Path data;

    /** The directory of the node; without one, a temporary directory is made and removed at the end. */
    public void data(Path directory) {
        data = Objects.requireNonNull(directory, "directory");
    }

    /** Sets a configuration key; its value is judged by the bundle. */
    public void set(String pid, String key, String value) {
        Map<String, String> values = configuration.computeIfAbsent(Objects.requireNonNull(pid, "pid"),
                ignored -> keys());
        // The last one counts, however it is written: the configuration service takes a key in one case only.
        values.remove(Objects.requireNonNull(key, "key"));
        values.put(key, Objects.requireNonNull(value, "value"));
    }

    /** Sets a key to the secret in a file, which the doctor then looks after. */
    public void secret(SecretFile secret) throws UsageException {
        secretFiles.add(secret.file().toAbsolutePath());
        set(secret.pid(), secret.key(), secret.read());
    }

    /** Registers a service before the node starts, so that it misses nothing. */
    public <T> void service(Class<T> type, T service, Map<String, ?> properties) {
        services.add(new Service<>(Objects.requireNonNull(type, "type"), Objects.requireNonNull(service, "service"),
                Map.copyOf(Objects.requireNonNull(properties, "properties"))));
    }

    /** Refuses what is no address of a peer, with or without its id. */
    public static void requirePeer(String text) {
        int mark = text.indexOf('#');
        PeerAddress.parse(mark < 0 ? text : text.substring(0, mark));
        if (mark >= 0) {
            PeerId.parse(text.substring(mark + 1));
        }
    }

    private static Map<String, String> keys() {
        return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }

    /** Of several nodes in a program only one could have the page at its default address: none has it unasked. */
    private Map<String, Map<String, String>> withoutPageUnlessAsked() {
        Map<String, Map<String, String>> all = new LinkedHashMap<>(configuration);
        Map<String, String> web = keys();
        web.putAll(configuration.getOrDefault(Pids.WEB, Map.of()));
        web.putIfAbsent(Pids.ENABLED, "false");
        all.put(Pids.WEB, web);
        return all;
    }

    /**
     * Starts a node inside a program, and returns as soon as its bundles are started, ready or not. It is closed at the
     * end of the JVM, if that comes first, also during the start.
     *
     * @throws LaunchException if it cannot start, or the thread is interrupted; nothing is left then
     */
    public LaunchedNode launch() {
        BooleanSupplier interrupted = Thread.currentThread()::isInterrupted;
        if (interrupted.getAsBoolean()) {
            throw new LaunchException("interrupted while starting");
        }
        Launch launch = new Launch();
        // Before anything is there that would have to be tidied up.
        JvmEnd end = JvmEnd.stops(launch::end);
        try {
            return launch.of(() -> launch(end, () -> launch.ended || interrupted.getAsBoolean()));
        } catch (RuntimeException e) {
            end.forget();
            throw e;
        }
    }

    /** A launch that the end of the JVM may cut short. */
    private static final class Launch {

        private static final long PATIENCE_MILLIS = 15_000;

        private final CountDownLatch over = new CountDownLatch(1);
        private volatile boolean ended;
        private volatile LaunchedNode node;

        LaunchedNode of(Supplier<LaunchedNode> begun) {
            try {
                node = begun.get();
            } finally {
                over.countDown();
            }
            if (ended) {
                throw new LaunchException(JvmEnd.ENDS);
            }
            return node;
        }

        void end() {
            ended = true;
            Uninterrupted.await(Ticker.system(), PATIENCE_MILLIS, nanos -> over.await(nanos, TimeUnit.NANOSECONDS));
            LaunchedNode launched = node;
            if (launched != null) {
                launched.close();
            }
        }
    }

    /**
     * The same for a process that closes its node itself.
     *
     * @param ended whether the node is not wanted any more: the rest of the start is left out then
     */
    public LaunchedNode launch(BooleanSupplier ended) {
        return launch(JvmEnd.NONE, ended);
    }

    private LaunchedNode launch(JvmEnd end, BooleanSupplier ended) {
        NodeJar jar = NodeJar.own();
        Set<String> pids = pids(jar);
        configuration.keySet().forEach(pid -> Configurations.requireKnown(pid, pids));
        DataDirectory directory = data == null ? DataDirectory.temporary() : DataDirectory.of(data);
        NodeFramework framework;
        try {
            framework = new NodeFramework(jar, directory, secretFiles);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
        LaunchedNode node = new LaunchedNode(directory, framework, pids, end);
        try {
            for (Service<?> service : services) {
                service.register(framework);
            }
            framework.start(withoutPageUnlessAsked(), ended);
            return node;
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    private static Set<String> pids(NodeJar jar) {
        try {
            return jar.pids();
        } catch (IOException e) {
            throw new LaunchException("cannot read " + jar.path() + ": " + FileErrors.words(e), e);
        }
    }
}
