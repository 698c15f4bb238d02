// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.JarInputStream;
import java.util.stream.Stream;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.state.StateDirectory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.service.cm.ConfigurationAdmin;

/** A Felix framework of its own inside the test's process. */
final class PlainFelix implements AutoCloseable {

    private static final List<String> INFRASTRUCTURE = List.of("slf4j-api", "slf4j-simple", "org.osgi.util.function",
            "org.osgi.util.promise", "org.osgi.service.component", "org.apache.felix.configadmin",
            "org.apache.felix.scr");

    private final Framework framework;

    /** Starts a framework with what any bundle of ours needs, and none of them; the test shares the api's classes. */
    PlainFelix(Path folder) throws Exception {
        this(folder, "," + apiPackages());
    }

    private PlainFelix(Path folder, String shared) throws Exception {
        framework = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(Map.of(
                Constants.FRAMEWORK_STORAGE, folder.resolve("framework").toString(),
                Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                "org.osgi.service.cm;version=1.6.1,org.osgi.service.event;version=1.4.1" + shared,
                StateDirectory.PROPERTY, folder.resolve("state").toString()));
        framework.start();
        start(INFRASTRUCTURE);
    }

    /** The same without the api, which is a bundle among the others here: the test cannot use its classes. */
    static PlainFelix withoutApi(Path folder) throws Exception {
        return new PlainFelix(folder, "");
    }

    private static String apiPackages() throws Exception {
        try (JarInputStream jar = new JarInputStream(
                URI.create(Container.file("org.ippan.network.api")).toURL().openStream())) {
            return jar.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
        }
    }

    void configure(String pid, String key, Object value) throws Exception {
        configure(pid, Map.of(key, value));
    }

    void configure(String pid, Map<String, Object> values) throws Exception {
        service(ConfigurationAdmin.class).getConfiguration(pid, "?").update(new Hashtable<>(values));
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    <T> T service(Class<T> type) {
        return context().getService(context().getServiceReference(type));
    }

    <T> Stream<T> services(Class<T> type) {
        try {
            return context().getServiceReferences(type, null).stream().map(context()::getService);
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** What bundles tell of themselves in records of one type. */
    <R extends Record> Stream<R> told(Class<R> type) {
        return services(SnapshotSource.class).map(SnapshotSource::snapshot).filter(type::isInstance).map(type::cast);
    }

    /** The settings that a bundle publishes. */
    LiveSettings<?> settings(String pid) {
        return services(Configurable.class).map(Configurable::settings)
                .filter(each -> each.schema().pid().equals(pid)).findFirst().orElseThrow();
    }

    Bundle bundle(String symbolicName) {
        return Stream.of(context().getBundles()).filter(each -> symbolicName.equals(each.getSymbolicName())).findFirst()
                .orElseThrow();
    }

    /** Installs bundles, then starts them: they need each other. */
    List<Bundle> start(List<String> names) throws BundleException {
        List<Bundle> bundles = new ArrayList<>();
        for (String name : names) {
            bundles.add(context().installBundle(Container.file(name)));
        }
        for (Bundle bundle : bundles) {
            if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                bundle.start();
            }
        }
        return bundles;
    }

    @Override
    public void close() {
        try {
            framework.stop();
            framework.waitForStop(NodeInside.SOON.toMillis());
        } catch (BundleException e) {
            throw new AssertionError("cannot stop the framework", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
