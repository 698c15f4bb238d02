// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import java.nio.file.Path;
import java.util.List;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.testkit.Eventually;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** A node in a framework of its own inside the test's process. */
final class EmbeddedNode implements AutoCloseable {

    private static final List<String> ZSTD = List.of("zstd-jni", "org.ippan.network.zstd");

    private final PlainFelix felix;
    private List<Bundle> zstd = List.of();

    /** Starts a node that dials these addresses. */
    EmbeddedNode(Path folder, String... seeds) throws Exception {
        felix = new PlainFelix(folder);
        felix.configure("org.ippan.network.transport", "listenAddress", "127.0.0.1:0");
        felix.configure("org.ippan.network.peers", "seeds", seeds);
        felix.start(Container.PROVIDERS);
        Eventually.until("the node listens", NodeInside.SOON, () -> context().getServiceReference(Transport.class)
                != null && service(Transport.class).listenAddress().isPresent());
    }

    BundleContext context() {
        return felix.context();
    }

    <T> T service(Class<T> type) {
        return felix.service(type);
    }

    void install(List<String> bundles) throws BundleException {
        felix.start(bundles);
    }

    void configure(String pid, String key, Object value) throws Exception {
        felix.configure(pid, key, value);
    }

    void installZstd() throws BundleException {
        zstd = felix.start(ZSTD);
    }

    void uninstallZstd() throws BundleException {
        for (Bundle bundle : zstd) {
            bundle.uninstall();
        }
    }

    @Override
    public void close() {
        felix.close();
    }
}
