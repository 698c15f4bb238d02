// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.testkit.Eventually;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;

/** The node made of the bundles in the container, and what a test does to it. */
final class NodeInside {

    static final Duration SOON = Duration.ofMinutes(1);
    static final Path NODE_JAR = Path.of("..", "..", "features", "node", "target", "ippan-node.jar");

    private static final String LOOPBACK = "127.0.0.1";

    private final BundleContext context;

    NodeInside(BundleContext context) {
        this.context = context;
    }

    /** Starts every bundle, listening on a free port; does nothing if they run. */
    NodeInside start() {
        if (bundle("org.ippan.network.gossip").getState() != Bundle.ACTIVE) {
            configure("org.ippan.network.transport", "listenAddress", LOOPBACK + ":" + freePort());
            Container.PROVIDERS.forEach(this::startBundle);
        }
        Eventually.until("the node listens", SOON, () -> find(Transport.class)
                .flatMap(Transport::listenAddress).isPresent());
        return this;
    }

    /** Where it listens. */
    String address() {
        return service(Transport.class).listenAddress().orElseThrow().toString();
    }

    Bundle bundle(String symbolicName) {
        return Arrays.stream(context.getBundles()).filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst().orElseThrow(() -> new AssertionError(symbolicName + " is not installed"));
    }

    void startBundle(String symbolicName) {
        try {
            bundle(symbolicName).start();
        } catch (BundleException e) {
            throw new AssertionError("cannot start " + symbolicName, e);
        }
    }

    void stopBundle(String symbolicName) {
        try {
            bundle(symbolicName).stop();
        } catch (BundleException e) {
            throw new AssertionError("cannot stop " + symbolicName, e);
        }
    }

    /** Replaces a bundle by the same jar again: stop, new class loader, start. */
    void updateBundle(String symbolicName) {
        try (InputStream jar = URI.create(Container.file(symbolicName)).toURL().openStream()) {
            bundle(symbolicName).update(jar);
        } catch (IOException | BundleException e) {
            throw new AssertionError("cannot update " + symbolicName, e);
        }
    }

    /** The service that is there now. */
    <T> Optional<T> find(Class<T> type) {
        return Optional.ofNullable(context.getServiceReference(type)).map(context::getService);
    }

    <T> T service(Class<T> type) {
        return find(type).orElseThrow(() -> new AssertionError("no " + type.getSimpleName()));
    }

    /** The settings a bundle publishes. */
    LiveSettings<?> settings(String pid) {
        try {
            for (ServiceReference<Configurable> reference : context.getServiceReferences(Configurable.class, null)) {
                LiveSettings<?> settings = context.getService(reference).settings();
                if (settings.schema().pid().equals(pid)) {
                    return settings;
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        throw new AssertionError("nobody publishes the settings of " + pid);
    }

    /** Writes one key of a configuration, as text, beside the others; a null value removes it. */
    void configure(String pid, String key, String value) {
        try {
            var configuration = service(ConfigurationAdmin.class).getConfiguration(pid, "?");
            Dictionary<String, Object> values = configuration.getProperties();
            if (values == null) {
                values = new Hashtable<>();
            }
            if (value == null) {
                values.remove(key);
            } else {
                values.put(key, value);
            }
            configuration.update(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The connected peer of this id. */
    Optional<Peer> connected(String id) {
        return find(PeerDirectory.class).map(PeerDirectory::connected).orElse(List.of()).stream()
                .filter(peer -> peer.id().map(Object::toString).filter(id::equals).isPresent()).findFirst();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
