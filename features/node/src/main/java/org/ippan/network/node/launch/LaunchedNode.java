// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.launch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.api.web.WebSnapshot;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** A node whose bundles are started, as the command line runs it and programs embed it. Safe for any thread. */
public final class LaunchedNode implements AutoCloseable {

    private static final long POLL_MILLIS = 20;

    private final DataDirectory directory;
    private final NodeFramework framework;
    private final Configurations configurations;
    private final JvmEnd end;
    private boolean closed;

    LaunchedNode(DataDirectory directory, NodeFramework framework, Set<String> pids, JvmEnd end) {
        this.directory = directory;
        this.framework = framework;
        this.configurations = new Configurations(framework, pids);
        this.end = end;
    }

    /**
     * Waits until the node listens and is complete.
     *
     * @throws LaunchException if it is not when the time is over
     */
    public void awaitReady(Duration timeout) {
        long deadline = System.nanoTime() + Joining.nanos(timeout);
        Readiness readiness = readiness();
        while (readiness.unsettled() && System.nanoTime() - deadline < 0) {
            pause(POLL_MILLIS, "starting");
            readiness = readiness();
        }
        if (readiness.state() != Readiness.State.READY) {
            throw new LaunchException("the node does not serve: " + readiness.detail());
        }
        if (!readiness.absent().isEmpty()) {
            throw new LaunchException("the node is not complete: " + Readiness.absent(readiness.absent()));
        }
    }

    static void pause(long millis, String doing) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted while " + doing, e);
        }
    }

    /** How far it has come. */
    public Readiness readiness() {
        return Readiness.of(framework);
    }

    /** Who the node is. */
    public PeerId id() {
        return service(Transport.class).identity().id();
    }

    /** The context of the system bundle. */
    public BundleContext context() {
        return framework.context();
    }

    /** Where the page is really bound; empty while there is none. */
    public Optional<PeerAddress> httpAddress() {
        return page().map(WebSnapshot::boundAddress).filter(address -> !address.isEmpty()).map(PeerAddress::parse);
    }

    /** What the page tells about itself, if its bundle is there. */
    public Optional<WebSnapshot> page() {
        // Those of the application are among them, which may fail.
        return findAll(SnapshotSource.class).stream().flatMap(source -> NodeServices.ask(source).stream())
                .filter(WebSnapshot.class::isInstance).map(WebSnapshot.class::cast).findFirst();
    }

    /**
     * The service of a type that is there now.
     *
     * @throws LaunchException if there is none
     */
    public <T> T service(Class<T> type) {
        return find(type).orElseThrow(() -> framework.absent("the " + type.getSimpleName() + " service"));
    }

    /** The service of a type that is there now, if any. */
    public <T> Optional<T> find(Class<T> type) {
        return framework.find(type);
    }

    /** All services of a type that are there now. */
    public <T> List<T> findAll(Class<T> type) {
        return framework.findAll(type);
    }

    /** Registers a service the network's bundles look for. */
    public <T> ServiceRegistration<T> register(Class<T> type, T service, Map<String, ?> properties) {
        return framework.register(type, service, properties);
    }

    /** Its configurations while it runs. */
    public Configurations configurations() {
        return configurations;
    }

    /**
     * Stops everything; may be called again.
     *
     * @throws LaunchException if the node does not stop in time; its directory stays locked until it has
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        end.forget();
        NodeEnd.of(framework, directory);
    }
}
