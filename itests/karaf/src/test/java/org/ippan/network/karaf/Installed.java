// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.karaf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.ObjectName;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;

/** The features in the container, installed once from the archive, and a second node beside it. */
final class Installed {

    static final Duration SOON = Duration.ofMinutes(1);
    /** All that the archive installs by itself, those that need others first. */
    static final List<String> FEATURES = List.of("ippan-network-all", "ippan-network", "ippan-network-shell",
            "ippan-network-web", "ippan-network-management", "ippan-network-healthcheck", "ippan-network-doctor",
            "ippan-network-survey", "ippan-network-node");

    private static final Path ETC = Path.of(System.getProperty("karaf.etc", "."));
    private static final Path LOG = Path.of(System.getProperty("karaf.data", ".")).resolve("log/karaf.log");

    /** The tests of one container share one: they are instances of their own. */
    private static Installed shared;

    /** What there was before: a bundle that is refreshed gets a new wiring. */
    private final Map<Bundle, BundleWiring> before = new HashMap<>();
    private final NodeProcess node;
    private final ConfigFile received;
    private final Jmx admin;
    private final Jmx manager;
    private final Jmx viewer;

    /** Installs the features unless that was done. */
    static synchronized Installed in(BundleContext context) {
        if (shared == null) {
            shared = new Installed(context);
        }
        return shared;
    }

    private Installed(BundleContext context) {
        for (Bundle bundle : context.getBundles()) {
            before.put(bundle, bundle.adapt(BundleWiring.class));
        }
        admin = Jmx.login(registryPort(), "admin");
        manager = Jmx.login(registryPort(), "manager");
        viewer = Jmx.login(registryPort(), "viewer");
        copy(Container.file("..", "..", "features", "karaf", "target", "ippan-network.kar"),
                Path.of(System.getProperty("karaf.base"), "deploy", "ippan-network.kar"));
        awaitNode();
        Path folder = Container.file("target", "node");
        KarafProcess.delete(folder);
        received = new ConfigFile(folder.resolve("received.txt"));
        node = NodeProcess.start(Container.file("..", "..", "features", "node", "target", "ippan-node.jar"), folder,
                "node", List.of("run", "--data", folder.resolve("data").toString(), "--listen", "127.0.0.1:0",
                        "--peers", address(), "--subscribe", "*", "--output", received.path().toString(),
                        "--until-stdin-closes")).awaitReady();
        awaitPeer();
    }

    private static int registryPort() {
        Properties management = new Properties();
        try (InputStream file = Files.newInputStream(ETC.resolve("org.apache.karaf.management.cfg"))) {
            management.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Integer.parseInt(management.getProperty("rmiRegistryPort"));
    }

    Jmx admin() {
        return admin;
    }

    Jmx manager() {
        return manager;
    }

    Jmx viewer() {
        return viewer;
    }

    NodeProcess node() {
        return node;
    }

    /** What the second node received so far. */
    List<String> received() {
        return received.lines();
    }

    /** Publishes all the time while something is done, and a little before and after. What was accepted. */
    List<String> publishWhile(Callable<Void> action) throws Exception {
        List<String> accepted = new ArrayList<>();
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> traffic = CompletableFuture.runAsync(() -> {
            for (int i = 0; !done.get(); i++) {
                String text = "while bundles are replaced " + i;
                if (publish(text)) {
                    accepted.add(text);
                }
            }
        });
        action.call();
        done.set(true);
        traffic.get(SOON.toSeconds(), TimeUnit.SECONDS);
        return accepted;
    }

    /** Publishes a text; false while gossip is being replaced. */
    private boolean publish(String text) {
        try {
            return admin.call("Node", "publishText", "replaced", text).startsWith("Published ");
        } catch (JMException | RuntimeException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of our bundles. */
    static Bundle bundle(BundleContext context, String part) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals("org.ippan.network." + part))
                .findFirst().orElseThrow();
    }

    /** Names of bundles that were there before and are not as they were. */
    List<String> touched() {
        return before.entrySet().stream()
                .filter(entry -> entry.getKey().adapt(BundleWiring.class) != entry.getValue())
                .map(entry -> entry.getKey().getSymbolicName()).sorted().toList();
    }

    /** Waits until the node in the container listens. */
    void awaitNode() {
        Eventually.until(() -> "the node listens: " + loud(), SOON, () -> !address().isEmpty());
    }

    /** Waits until the second node is connected, and its bean is there. */
    void awaitPeer() {
        Eventually.until(() -> "the second node is connected: " + node.err(), SOON,
                () -> Integer.valueOf(1).equals(readOr(null, "Node", "Connected")) && !peers().isEmpty());
    }

    /** Where the node in the container listens; empty while it does not or is not there. */
    String address() {
        return text("Node", "BoundAddress");
    }

    /** Whether there is such a bean. */
    boolean has(ObjectName name) {
        try {
            return admin.server().isRegistered(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TreeSet<ObjectName> peers() {
        try {
            return new TreeSet<>(admin.server().queryNames(new ObjectName(Jmx.DOMAIN + "type=Peer,*"), null));
        } catch (IOException | JMException e) {
            throw new AssertionError(e);
        }
    }

    private Object readOr(Object otherwise, String type, String attribute) {
        try {
            return admin.read(type, attribute);
        } catch (JMException e) {
            return otherwise;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An attribute that is a text; empty while it is not there. */
    String text(String type, String attribute) {
        return String.valueOf(readOr("", type, attribute));
    }

    /** Reads an attribute until it is what it should be. */
    void await(String type, String attribute, Object value) {
        Supplier<Object> now = () -> readOr("not there", type, attribute);
        Eventually.until(() -> type + " " + attribute + " is " + now.get() + " instead of " + value + "; " + loud(),
                SOON, () -> value.equals(now.get()));
    }

    /** The configuration file of a bundle. */
    static ConfigFile file(String part) {
        return new ConfigFile(ETC.resolve("org.ippan.network." + part + ".cfg"));
    }

    /** Whether a text stands in the log as an error. */
    static boolean logged(String text) {
        return new ConfigFile(LOG).lines().stream().anyMatch(line -> line.contains("| ERROR |") && line.contains(text));
    }

    /** What our bundles said at WARN or above, but for the refusals that tests provoke. */
    static List<String> loud() {
        return new ConfigFile(LOG).lines().stream().filter(line -> KarafProcess.LOUD.matcher(line).find())
                .filter(line -> !line.contains(": must be ")).toList();
    }

    /** Whether each Felix Health Check of a tag is well, by its name; asked without its classes, which came later. */
    static Map<String, Boolean> healthChecks(BundleContext context, String tag) throws Exception {
        Map<String, Boolean> well = new TreeMap<>();
        for (ServiceReference<?> found : context.getAllServiceReferences("org.apache.felix.hc.api.HealthCheck",
                "(hc.tags=" + tag + ")")) {
            Object check = context.getService(found);
            Object result = check.getClass().getInterfaces()[0].getMethod("execute").invoke(check);
            well.put(String.valueOf(found.getProperty("hc.name")),
                    (Boolean) result.getClass().getMethod("isOk").invoke(result));
        }
        return well;
    }

    static List<String> inactive(BundleContext context) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .filter(bundle -> bundle.getHeaders().get("Fragment-Host") == null)
                .map(bundle -> bundle.getSymbolicName() + " is in state " + bundle.getState()).toList();
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
