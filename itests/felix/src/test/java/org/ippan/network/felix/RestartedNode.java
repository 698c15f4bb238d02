// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.ippan.network.felix.app.Chatter;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * A node in a framework of its own in which everything of ours is a bundle, the api and an application too, and can be
 * replaced at any time. The test shares no class with it.
 */
final class RestartedNode implements AutoCloseable {

    static final List<String> SERVICES = Container.PROVIDERS.subList(0, 4);
    static final List<String> ALL = new ArrayList<>(List.of("org.ippan.network.api"));
    /** Without these nothing can be sent, so what gossip has accepted is lost if it goes as well. */
    static final List<String> CARRIERS = List.of("org.ippan.network.api", "org.ippan.network.transport");
    /** All but those whose replacement, together with that of gossip, makes applications get messages again. */
    static final List<String> FAITHFUL;

    private static final long TO_REFRESH_SECONDS = 60;

    static {
        ALL.addAll(Container.PROVIDERS);
        ALL.addAll(List.of("org.ippan.network.doctor", "org.ippan.network.survey",
                "org.ippan.network.management", "org.ippan.network.web"));
        Set<String> forgetful = Set.of("org.ippan.network.api", "org.ippan.network.dedup");
        FAITHFUL = ALL.stream().filter(name -> !forgetful.contains(name)).toList();
    }

    final Inventory inventory;
    private final PlainFelix felix;
    private final List<Bundle> bundles = new ArrayList<>();

    /** What can be done to a bundle that runs. */
    enum Step { RESTART, UPDATE, REFRESH }

    /** Starts everything; the application finds these places to note what it sends and receives. */
    RestartedNode(Path folder, int port, Map<String, ?> places) throws Exception {
        felix = PlainFelix.withoutApi(folder);
        felix.configure("org.ippan.network.transport", "listenAddress", "127.0.0.1:" + port);
        felix.configure("org.ippan.network.web", "listenAddress", "127.0.0.1:0");
        felix.context().registerService(Map.class, places, new Hashtable<>(Map.of("chatter", "places")));
        inventory = new Inventory();
        bundles.addAll(felix.start(ALL));
        Bundle application = felix.context().installBundle(Chatter.NAME, OwnBundle.of(Chatter.NAME, Chatter.class));
        application.start();
        bundles.add(application);
        inventory.note(bundles);
    }

    /** Does one thing to a bundle; those that need it follow where OSGi says so. */
    void take(Step step, String name) throws Exception {
        Bundle bundle = bundles.stream().filter(each -> each.getSymbolicName().equals(name)).findFirst().orElseThrow();
        switch (step) {
            case RESTART -> {
                bundle.stop();
                bundle.start();
            }
            case UPDATE -> {
                try (InputStream jar = URI.create(Container.file(name)).toURL().openStream()) {
                    bundle.update(jar);
                }
                refresh(List.of(bundle));
            }
            default -> refresh(List.of(bundle));
        }
        inventory.note(bundles);
    }

    private void refresh(List<Bundle> changed) throws Exception {
        CompletableFuture<FrameworkEvent> refreshed = new CompletableFuture<>();
        felix.context().getBundle(0).adapt(FrameworkWiring.class).refreshBundles(changed, refreshed::complete);
        refreshed.get(TO_REFRESH_SECONDS, TimeUnit.SECONDS);
    }

    /** Whether every bundle is started. */
    boolean isWhole() {
        return bundles.stream().allMatch(bundle -> bundle.getState() == Bundle.ACTIVE);
    }

    /** Waits until there is one class loader for each bundle, and none besides. */
    void awaitOneLoaderEach() {
        inventory.awaitNoLoaderBut(bundles);
    }

    /** Takes everything away that is ours, and waits until nothing is left. */
    void uninstall() throws Exception {
        List<Bundle> gone = List.copyOf(bundles);
        bundles.clear();
        for (int i = gone.size() - 1; i >= 0; i--) {
            gone.get(i).uninstall();
        }
        refresh(gone);
        inventory.awaitNoLoaderBut(List.of());
        inventory.awaitNothingElse();
    }

    @Override
    public void close() {
        felix.close();
    }
}
