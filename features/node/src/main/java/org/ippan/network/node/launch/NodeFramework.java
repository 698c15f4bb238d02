// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.launch;

import static java.util.Map.entry;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.Uninterrupted;
import org.ippan.network.api.state.FileErrors;
import org.ippan.network.api.state.StateDirectory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.connect.ConnectFrameworkFactory;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.util.tracker.ServiceTracker;

/**
 * One Felix framework with the bundles of the jar in it. The api is no bundle here: the system bundle exports it, so
 * that the host program and the bundles share its classes. Safe for any thread once started.
 */
final class NodeFramework {

    private static final List<String> STOPPED_FIRST = List.of(Pids.GOSSIP, Pids.PEERS);

    private static final String CLOSED = "the node is closed";

    /** Only errors of the framework and of its infrastructure are told. */
    private static final String ERRORS_ONLY = "1";

    private final Path state;
    private final List<NodeBundle> bundles;
    private final Framework framework;
    private final Map<Class<?>, ServiceTracker<?, ?>> trackers = new ConcurrentHashMap<>();
    private final List<Bundle> network = new ArrayList<>();

    /**
     * A framework in which nothing runs yet but services may be registered.
     *
     * @param nodeJar has the bundles
     * @param directory where the framework and the bundles keep their files
     * @param secretFiles what no other user should be able to read
     */
    NodeFramework(NodeJar nodeJar, DataDirectory directory, List<Path> secretFiles) {
        this.state = directory.state();
        ConnectFrameworkFactory factory = ServiceLoader
                .load(ConnectFrameworkFactory.class, NodeFramework.class.getClassLoader())
                .findFirst().orElseThrow(() -> new LaunchException("the jar has no OSGi framework: it is damaged, or"
                        + " was packed anew without META-INF/services"));
        try {
            bundles = nodeJar.bundles();
            framework = factory.newFramework(Map.ofEntries(
                    entry(Constants.FRAMEWORK_STORAGE, directory.cache().toString()),
                    entry(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT),
                    entry(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, nodeJar.systemPackages()),
                    entry(StateDirectory.PROPERTY, directory.state().toString()),
                    entry(StateDirectory.SECRET_FILES, secretFiles.stream().map(Path::toString)
                            .collect(Collectors.joining(File.pathSeparator))),
                    // Handlers of URLs are one per JVM: they belong to the host program, and no bundle needs them.
                    entry("felix.service.urlhandlers", "false"),
                    // Resolves on the thread that starts a bundle: a pool of its own would outlive the framework.
                    entry("felix.resolver.parallelism", "1"),
                    // Each start writes the configuration anew, so it need not lie on a disk, with secrets in it.
                    entry("felix.cm.pm", "memory"),
                    entry("felix.log.level", ERRORS_ONLY),
                    entry("felix.cm.loglevel", ERRORS_ONLY),
                    entry("ds.loglevel", ERRORS_ONLY)), new SharedBundles(bundles));
            new LatinDigits().run(framework::init);
        } catch (IOException e) {
            throw new LaunchException("cannot read " + nodeJar.path() + ": " + FileErrors.words(e), e);
        } catch (BundleException e) {
            throw LaunchException.ofFramework("the OSGi framework does not start: ", e);
        }
    }

    /**
     * Starts the infrastructure, configures, then starts the network: no bundle sees a value that is replaced at once.
     * Once the node is to stop, the rest of that is left out.
     *
     * @param configuration keys and values by PID
     * @param ended is asked before each bundle whether the node is not wanted any more
     */
    void start(Map<String, Map<String, String>> configuration, BooleanSupplier ended) {
        try {
            framework.start();
            List<Bundle> infrastructure = new ArrayList<>();
            for (NodeBundle shared : bundles) {
                Bundle bundle = context().installBundle(SharedBundles.location(shared));
                (shared.symbolicName().startsWith(Pids.PREFIX) ? network : infrastructure).add(bundle);
            }
            if (areStarted(infrastructure, ended)) {
                configuration.forEach(this::store);
                KeptPeers kept = new KeptPeers(state, configuration.keySet(), admin());
                kept.load().forEach(this::store);
                register(SynchronousConfigurationListener.class, kept, Map.of());
                areStarted(network, ended);
            }
        } catch (BundleException e) {
            throw LaunchException.ofFramework("a bundle does not start: ", e);
        }
    }

    private static boolean areStarted(List<Bundle> bundles, BooleanSupplier ended) throws BundleException {
        for (Bundle bundle : bundles) {
            if (ended.getAsBoolean()) {
                return false;
            }
            bundle.start();
        }
        return true;
    }

    /**
     * A configuration as it is stored.
     *
     * @param pid which, with {@code ~name} for one of a factory
     * @return values by key, empty if there is none
     */
    Map<String, Object> stored(String pid) {
        Map<String, Object> stored = new HashMap<>();
        Dictionary<String, Object> properties = configuration(pid).getProperties();
        if (properties != null) {
            Collections.list(properties.keys()).forEach(key -> stored.put(key, properties.get(key)));
        }
        return stored;
    }

    /**
     * Stores a configuration.
     *
     * @param pid which, with {@code ~name} for one of a factory
     * @param values all its keys and values
     */
    void store(String pid, Map<String, ?> values) {
        inMemory(() -> {
            configuration(pid).update(new Hashtable<>(values));
            return null;
        });
    }

    /** Stores a configuration as it was before; deletes it if there was none. */
    void putBack(String pid, Map<String, Object> stored) {
        if (stored.isEmpty()) {
            inMemory(() -> {
                configuration(pid).delete();
                return null;
            });
        } else {
            store(pid, stored);
        }
    }

    private Configuration configuration(String pid) {
        ConfigurationAdmin admin = admin();
        int tilde = pid.indexOf('~');
        return inMemory(() -> tilde < 0 ? admin.getConfiguration(pid, "?")
                : admin.getFactoryConfiguration(pid.substring(0, tilde), pid.substring(tilde + 1), "?"));
    }

    /** Something done to configurations. */
    @FunctionalInterface
    private interface Access<T> {

        T get() throws IOException;
    }

    /** Configurations are kept in memory, where no file can fail. */
    private static <T> T inMemory(Access<T> access) {
        try {
            return access.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ConfigurationAdmin admin() {
        return find(ConfigurationAdmin.class)
                .orElseThrow(() -> absent("the configuration service"));
    }

    /** Why something is missing: the node is closed, or nothing more is known. */
    LaunchException absent(String what) {
        return framework.getBundleContext() == null ? new LaunchException(CLOSED)
                : new LaunchException(what + " is not there");
    }

    BundleContext context() {
        BundleContext context = framework.getBundleContext();
        if (context == null) {
            throw new LaunchException(CLOSED);
        }
        return context;
    }

    <T> ServiceRegistration<T> register(Class<T> type, T service, Map<String, ?> properties) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(service, "service");
        return context().registerService(type, service, new Hashtable<>(Objects.requireNonNull(properties,
                "properties")));
    }

    /** The service of a type that is there now: of several the one ranked highest. */
    <T> Optional<T> find(Class<T> type) {
        return Optional.ofNullable(tracker(Objects.requireNonNull(type, "type")).getService());
    }

    /** All services of a type that are there now. */
    <T> List<T> findAll(Class<T> type) {
        return List.copyOf(tracker(Objects.requireNonNull(type, "type")).getTracked().values());
    }

    /** Programs ask for gossip with each message: a service that was asked for before takes no more than a look. */
    @SuppressWarnings("unchecked")
    private <T> ServiceTracker<T, T> tracker(Class<T> type) {
        ServiceTracker<?, ?> known = trackers.get(type);
        return (ServiceTracker<T, T>) (known != null ? known : trackers.computeIfAbsent(type, key -> {
            ServiceTracker<T, T> tracker = new ServiceTracker<>(context(), type, null);
            tracker.open();
            return tracker;
        }));
    }

    /** Stops everything, and waits for it. A bundle that does not stop keeps none of the others running. */
    void stop() {
        // Gossip first, while links still send, then peers, which say goodbye while the transport is still there.
        STOPPED_FIRST.forEach(name -> network.stream().filter(bundle -> name.equals(bundle.getSymbolicName()))
                .forEach(NodeFramework::stop));
        stop(framework);
        // Listeners of the application may have been called here and leave the thread interrupted.
        Uninterrupted.await(Ticker.system(), Integer.MAX_VALUE, nanos ->
                framework.waitForStop(TimeUnit.NANOSECONDS.toMillis(nanos)).getType() != FrameworkEvent.WAIT_TIMEDOUT);
    }

    /** One that the application took away or stops at this moment is left to the framework. */
    private static void stop(Bundle bundle) {
        try {
            Uninterrupted.run(bundle::stop);
        } catch (BundleException | IllegalStateException e) {
            return;
        }
    }
}
