// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.state.FileErrors;

/** Describes a node and starts it. Not safe for several threads. */
public final class IppanNodeBuilder {

    /** A page that is not there by then does not keep the node from running. */
    private static final Duration PAGE = Duration.ofSeconds(5);

    /** A service and how to register it. */
    private record Service<T>(Class<T> type, T service, Map<String, ?> properties) {

        void register(NodeFramework framework) {
            framework.register(type, service, properties);
        }
    }

    private final Map<String, Map<String, String>> configuration = new LinkedHashMap<>();
    private final List<Service<?>> services = new ArrayList<>();
    private final List<String> seeds = new ArrayList<>();
    private final List<Path> secretFiles = new ArrayList<>();
    private boolean hasPage;
    private Duration startTimeout = Duration.ofSeconds(30);
    private Duration peersTimeout = Duration.ZERO;
    private int minPeers;
    private Path data;

    IppanNodeBuilder() {
    }

    /**
     * The directory of the node, which nothing else may use while it runs. Without one, a temporary directory is
     * made and removed at the end: the node then has a new identity each time.
     *
     * @param directory is made if it does not exist
     * @return this
     */
    public IppanNodeBuilder data(Path directory) {
        data = Objects.requireNonNull(directory, "directory");
        return this;
    }

    /**
     * Where to listen; without it, at the default of the bundle {@code transport}.
     *
     * @param host a name or IP address of this machine
     * @param port 0 for any free one
     * @return this
     */
    public IppanNodeBuilder listen(String host, int port) {
        return set(Pids.TRANSPORT, Pids.LISTEN_ADDRESS, PeerAddress.tcp(host, port).toString());
    }

    /**
     * Adds a peer that is always dialled.
     *
     * @param address {@code host:port}, or {@code host:port#id} to accept only this peer there
     * @return this
     * @throws IllegalArgumentException if it is neither, saying why
     */
    public IppanNodeBuilder peer(String address) {
        RunArguments.requirePeer(Objects.requireNonNull(address, "address"));
        seeds.add(address);
        return set(Pids.PEERS, Pids.SEEDS, String.join(",", seeds));
    }

    /**
     * The network to take part in: only nodes that name the same one connect.
     *
     * @param id its name
     * @return this
     */
    public IppanNodeBuilder networkId(String id) {
        return set(Pids.PEERS, Pids.NETWORK_ID, Objects.requireNonNull(id, "id"));
    }

    /**
     * Shows the node over HTTP: a page for people, metrics for Prometheus. Without it, nothing does.
     *
     * @param host a loopback address; any other needs the key {@code token} of {@code org.ippan.network.web}
     * @param port 0 for any free one
     * @return this
     */
    public IppanNodeBuilder http(String host, int port) {
        hasPage = true;
        return set(Pids.WEB, Pids.ENABLED, "true")
                .set(Pids.WEB, Pids.LISTEN_ADDRESS, PeerAddress.tcp(host, port).toString());
    }

    /**
     * Sets any configuration key. A bad value is not refused here: the bundle logs an error naming it and runs on
     * its default, or does not serve where security is at stake.
     *
     * @param pid the configuration, for example {@code org.ippan.network.gossip}
     * @param key the key
     * @param value its value as text; lists with commas
     * @return this
     */
    public IppanNodeBuilder set(String pid, String key, String value) {
        Map<String, String> values = configuration.computeIfAbsent(Objects.requireNonNull(pid, "pid"),
                ignored -> keys());
        // The last one counts, however it is written: the configuration service takes a key in one case only.
        values.remove(Objects.requireNonNull(key, "key"));
        values.put(key, Objects.requireNonNull(value, "value"));
        return this;
    }

    /** Sets a key to the secret in a file, which the doctor then looks after. */
    IppanNodeBuilder secret(SecretFile secret) throws CommandLine.UsageException {
        secretFiles.add(secret.file().toAbsolutePath());
        return set(secret.pid(), secret.key(), secret.read());
    }

    /**
     * Registers a service before the node starts, so that it misses nothing.
     *
     * @param <T> its type
     * @param type an interface of the api, for example {@link GossipListener}
     * @param service the service
     * @param properties its service properties
     * @return this
     */
    public <T> IppanNodeBuilder service(Class<T> type, T service, Map<String, ?> properties) {
        services.add(new Service<>(Objects.requireNonNull(type, "type"), Objects.requireNonNull(service, "service"),
                Map.copyOf(Objects.requireNonNull(properties, "properties"))));
        return this;
    }

    /**
     * How long {@link #start()} waits until the node listens.
     *
     * @param timeout 30 s without this
     * @return this
     */
    public IppanNodeBuilder startTimeout(Duration timeout) {
        startTimeout = Objects.requireNonNull(timeout, "timeout");
        return this;
    }

    /**
     * Has {@link #start()} wait until the node has joined the network as well: what is published before is refused with
     * {@code NO_PEERS}.
     *
     * @param count how many peers are to be connected, at least 1
     * @param timeout how long to wait for them once the node listens
     * @return this
     */
    public IppanNodeBuilder awaitPeers(int count, Duration timeout) {
        if (count < 1) {
            throw new IllegalArgumentException("count = " + count + ": must be at least 1");
        }
        minPeers = count;
        peersTimeout = Objects.requireNonNull(timeout, "timeout");
        return this;
    }

    /**
     * Starts the node and waits until it listens, its page, if {@link #http} was called, is there or refused, and, if
     * {@link #awaitPeers} was called, peers are connected.
     *
     * @return the running node
     * @throws NodeException if it does not listen in time, refuses to serve, its directory is used by another node,
     *         a PID is unknown or too few peers connect in time; nothing is left running
     */
    public IppanNode start() {
        IppanNode node = launch();
        try {
            node.closeAtEnd();
            node.awaitReady(startTimeout);
            if (hasPage) {
                Joining.awaitPage(node, PAGE);
            }
            node.awaitPeers(minPeers, peersTimeout);
            return node;
        } catch (RuntimeException e) {
            node.close();
            throw e;
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

    /** Starts the node and returns as soon as its bundles are started, ready or not. */
    IppanNode launch() {
        NodeJar jar = NodeJar.own();
        Set<String> pids = pids(jar);
        configuration.keySet().forEach(pid -> Configurations.requireKnown(pid, pids));
        DataDirectory directory = data == null ? DataDirectory.temporary() : DataDirectory.of(data);
        NodeFramework framework = null;
        try {
            framework = new NodeFramework(jar, directory, secretFiles);
            for (Service<?> service : services) {
                service.register(framework);
            }
            framework.start(withoutPageUnlessAsked());
            return new IppanNode(directory, framework, pids);
        } catch (RuntimeException e) {
            if (framework == null) {
                directory.close();
            } else {
                NodeEnd.of(framework, directory);
            }
            throw e;
        }
    }

    private static Set<String> pids(NodeJar jar) {
        try {
            return jar.pids();
        } catch (IOException e) {
            throw new NodeException("cannot read " + jar.path() + ": " + FileErrors.words(e), e);
        }
    }
}
