// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.node.launch.Joining;
import org.ippan.network.node.launch.LaunchedNode;
import org.ippan.network.node.launch.NodeLauncher;
import org.ippan.network.node.launch.Pids;

/** Describes a node and starts it. Not safe for several threads. */
public final class IppanNodeBuilder {

    /** A page that is not there by then does not keep the node from running. */
    private static final Duration PAGE = Duration.ofSeconds(5);

    private final NodeLauncher launcher = new NodeLauncher();
    private final List<String> seeds = new ArrayList<>();
    private boolean hasPage;
    private Duration startTimeout = Duration.ofSeconds(30);
    private Duration peersTimeout = Duration.ZERO;
    private int minPeers;

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
        launcher.data(directory);
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
        NodeLauncher.requirePeer(Objects.requireNonNull(address, "address"));
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
        launcher.set(pid, key, value);
        return this;
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
        launcher.service(type, service, properties);
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
        return Translated.get(() -> new IppanNode(joined()));
    }

    private LaunchedNode joined() {
        LaunchedNode node = launcher.launch();
        try {
            node.awaitReady(startTimeout);
            if (hasPage) {
                Joining.awaitPage(node, PAGE);
            }
            Joining.await(node, minPeers, peersTimeout);
            return node;
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }
}
