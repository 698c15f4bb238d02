// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.node.launch.Joining;
import org.ippan.network.node.launch.LaunchedNode;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * A node of the network inside another program: a framework of its own with the network's bundles, whose services the
 * program calls with the api's own classes. Any number of nodes run in one JVM, each with its own directory and
 * listening address. Safe for any thread.
 *
 * <pre>{@code
 * try (IppanNode node = IppanNode.builder().data(Path.of("data")).listen("127.0.0.1", 0).peer("10.0.0.12:9700")
 *         .awaitPeers(1, Duration.ofSeconds(30)).start()) {
 *     node.subscribe("news", message -> System.out.println(message.topic()));
 *     node.gossip().publish(Message.of(Topic.of("news"), bytes));
 * }
 * }</pre>
 */
public final class IppanNode implements AutoCloseable {

    /** The framework that was launched, with the network's bundles. */
    private final LaunchedNode framework;

    /** Something given to the node that may be taken back. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {

        /** Takes it back; does nothing if that was done already or the node is closed. */
        @Override
        void close();
    }

    IppanNode(LaunchedNode framework) {
        this.framework = framework;
    }

    /** {@return a builder of a node, with everything at its default} */
    public static IppanNodeBuilder builder() {
        return new IppanNodeBuilder();
    }

    /**
     * Waits until messages can be published to this many peers.
     *
     * @param count how many
     * @param timeout how long to wait
     * @throws NodeException if fewer are connected by then; its message says why the others are not
     */
    public void awaitPeers(int count, Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        Translated.run(() -> Joining.await(framework, count, timeout));
    }

    /** {@return the id of the node, the same as long as its data directory is kept} */
    public PeerId id() {
        return Translated.get(framework::id);
    }

    /**
     * The node's OSGi framework, for what has no method here: its bundles, and services by their references.
     *
     * @return the context of the system bundle
     */
    public BundleContext bundleContext() {
        return Translated.get(framework::context);
    }

    /** {@return the address really bound; empty while it does not listen} */
    public Optional<PeerAddress> listenAddress() {
        return service(Transport.class).listenAddress();
    }

    /** {@return the address at which it is shown over HTTP; empty while there is no page} */
    public Optional<PeerAddress> httpAddress() {
        return Translated.get(framework::httpAddress);
    }

    /**
     * Publishes messages.
     *
     * @return the service that is there now: ask again rather than keep it, as it may be replaced
     * @throws NodeException if there is none: the node is closed, or a bundle that the service needs is being replaced
     */
    public Gossip gossip() {
        return service(Gossip.class);
    }

    /**
     * Whom the node knows.
     *
     * @return the service that is there now
     * @throws NodeException if there is none, as for {@link #gossip()}
     */
    public PeerDirectory peers() {
        return service(PeerDirectory.class);
    }

    /**
     * Any service of the api.
     *
     * @param <T> its type
     * @param type an interface of the api
     * @return the one that is there now
     * @throws NodeException if there is none
     */
    public <T> T service(Class<T> type) {
        return Translated.get(() -> framework.service(type));
    }

    /**
     * Any service of the api, where it may be missing.
     *
     * @param <T> its type
     * @param type an interface of the api
     * @return the one that is there now, if any
     */
    public <T> Optional<T> find(Class<T> type) {
        return Translated.get(() -> framework.find(type));
    }

    /**
     * All services of a type, for example every {@link Configurable}, whose settings describe themselves.
     *
     * @param <T> its type
     * @param type an interface of the api
     * @return those that are there now, in no order
     */
    public <T> List<T> findAll(Class<T> type) {
        return Translated.get(() -> framework.findAll(type));
    }

    /**
     * Receives messages from other nodes.
     *
     * @param topic a topic's name, {@code prefix/*}, or {@code *}
     * @param listener is called by one thread at a time
     * @return ends the subscription
     */
    public Registration subscribe(String topic, GossipListener listener) {
        return register(GossipListener.class, Objects.requireNonNull(listener, "listener"),
                Map.of(GossipListener.TOPIC, Objects.requireNonNull(topic, "topic")));
    }

    /**
     * Judges messages before they are delivered or relayed.
     *
     * @param topic a topic's name, {@code prefix/*}, or {@code *}
     * @param validator is called by several threads at once
     * @return takes the validator out again
     */
    public Registration validate(String topic, MessageValidator validator) {
        return register(MessageValidator.class, Objects.requireNonNull(validator, "validator"),
                Map.of(MessageValidator.TOPIC, Objects.requireNonNull(topic, "topic")));
    }

    /**
     * Registers any service the network's bundles look for.
     *
     * @param <T> its type
     * @param type an interface of the api
     * @param service the service
     * @param properties its service properties
     * @return takes it back
     */
    public <T> Registration register(Class<T> type, T service, Map<String, ?> properties) {
        ServiceRegistration<T> registration = Translated.get(() -> framework.register(type, service, properties));
        return () -> unregister(registration);
    }

    private static void unregister(ServiceRegistration<?> registration) {
        try {
            registration.unregister();
        } catch (IllegalStateException e) {
            // It is gone already, which is what the caller wants.
            return;
        }
    }

    /**
     * Changes a configuration key while the node runs, and waits until the change is in force.
     *
     * @param pid the configuration, for example {@code org.ippan.network.reputation}
     * @param key the key
     * @param value its value as text; lists with commas; null takes the key back to its default
     * @throws IllegalArgumentException if the value or the key is refused: nothing has changed then
     * @throws NodeException if the PID is unknown or the change is not in force within 2 s
     */
    public void set(String pid, String key, String value) {
        set(pid, Collections.singletonMap(Objects.requireNonNull(key, "key"), value));
    }

    /**
     * Changes several keys of a configuration at once, all or none, and waits until they are in force.
     *
     * @param pid the configuration
     * @param changes values by key, as in {@link #set(String, String, String)}
     * @throws IllegalArgumentException if a value or a key is refused: nothing has changed then
     * @throws NodeException if the PID is unknown or the change is not in force within 2 s
     */
    public void set(String pid, Map<String, String> changes) {
        Translated.run(() -> framework.configurations().set(pid, changes));
    }

    /**
     * Hands what was published to the peers' sockets, says goodbye and stops everything, within about ten seconds. Any
     * thread may call, interrupted or not, also one that is inside a callback of this node: that callback is not waited
     * for longer than two seconds. Another node may use the directory afterwards. A node that the program did not close
     * is closed when the JVM ends in good order, also by {@code System.exit} inside a callback.
     *
     * @throws NodeException if the node does not stop in time; its directory stays locked until it has
     */
    @Override
    public void close() {
        Translated.run(framework::close);
    }
}
