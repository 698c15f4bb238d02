// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import static org.junit.Assert.assertEquals;

import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.api.web.WebSnapshot;
import org.ippan.network.testkit.Eventually;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** What is updated leaves no class loader behind, and with it no class, no counter and no buffer. */
public class LoadersIT {

    private static final int UPDATES = 12;
    private static final String TRANSPORT = "org.ippan.network.transport";
    private static final String WEB = "org.ippan.network.web";

    private final ExecutorService starts = Executors.newSingleThreadExecutor();
    private final ExecutorService stops = Executors.newSingleThreadExecutor();
    private final ExecutorService asks = Executors.newSingleThreadExecutor();
    private PlainFelix felix;

    @Before
    public void start() throws Exception {
        felix = new PlainFelix(Container.TARGET.resolve("felix").resolve(LoadersIT.class.getSimpleName()));
        felix.configure(TRANSPORT, "listenAddress", "127.0.0.1:0");
        felix.configure(TRANSPORT + ".websocket", Map.of("enabled", "true", "listenAddress", "127.0.0.1:0"));
        felix.configure(WEB, "listenAddress", "127.0.0.1:0");
        felix.start(Container.PROVIDERS);
        felix.start(List.of(WEB));
    }

    @After
    public void stop() {
        List.of(starts, stops, asks).forEach(ExecutorService::shutdown);
        felix.close();
    }

    @Test
    public void shouldLeaveNoLoaderOfATransportThatServed() throws Exception {
        assertLeavesNothing(TRANSPORT, this::listens);
    }

    @Test
    public void shouldLeaveNoLoaderOfAPageThatWasRead() throws Exception {
        assertLeavesNothing(WEB, this::servesPage);
    }

    /** Has something done by a thread that lives on. */
    private static boolean on(ExecutorService thread, Callable<Boolean> task) {
        try {
            return thread.submit(task).get(NodeInside.SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static boolean stopped(Bundle bundle) throws BundleException {
        bundle.stop();
        return true;
    }

    private static boolean started(Bundle bundle) throws BundleException {
        bundle.start();
        return true;
    }

    private boolean updated(String name) throws Exception {
        update(name);
        return true;
    }

    /** Asks for what lies beside the data path too: snapshots, and names that are resolved. */
    private boolean listens() {
        if (felix.context().getServiceReference(Transport.class) == null) {
            return false;
        }
        Transport transport = felix.service(Transport.class);
        transport.snapshot();
        return transport.listenAddress().isPresent();
    }

    private boolean servesPage() {
        String address = page();
        return !address.isEmpty() && new Http("http://" + address + "/", "").get("metrics").contains("ippan_web");
    }

    /** The threads that start, stop, update and ask live on, and with them what Netty left in their thread locals. */
    private void assertLeavesNothing(String name, Callable<Boolean> serves) throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < UPDATES; i++) {
            Eventually.until(name + " serves", NodeInside.SOON, () -> on(asks, serves));
            loaders.add(new WeakReference<>(bundle(name).adapt(BundleWiring.class).getClassLoader()));
            on(stops, () -> stopped(bundle(name)));
            on(starts, () -> started(bundle(name)));
            on(stops, () -> updated(name));
        }
        Eventually.until(name + " serves", NodeInside.SOON, () -> on(asks, serves));

        Eventually.until(() -> "no loader is left, but there are " + alive(loaders), NodeInside.SOON, () -> {
            System.gc();
            return alive(loaders) == 0;
        });
        assertEquals(UPDATES, loaders.size());
    }

    private static long alive(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }

    private Bundle bundle(String name) {
        return List.of(felix.context().getBundles()).stream().filter(bundle -> name.equals(bundle.getSymbolicName()))
                .findFirst().orElseThrow();
    }

    private void update(String name) throws Exception {
        try (InputStream jar = URI.create(Container.file(name)).toURL().openStream()) {
            bundle(name).update(jar);
        }
        CompletableFuture<FrameworkEvent> refreshed = new CompletableFuture<>();
        FrameworkListener listener = refreshed::complete;
        felix.context().getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle(name)), listener);
        refreshed.get(NodeInside.SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private String page() {
        try {
            return felix.context().getServiceReferences(SnapshotSource.class, "(ippan.name=Web)").stream()
                    .map(reference -> ((WebSnapshot) felix.context().getService(reference).snapshot()).boundAddress())
                    .findFirst().orElse("");
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
