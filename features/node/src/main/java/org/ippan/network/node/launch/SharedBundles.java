// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.launch;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.connect.ConnectModule;
import org.osgi.framework.connect.ModuleConnector;

/** Finds the bundle of a location among those of the jar. */
record SharedBundles(List<NodeBundle> shared) implements ModuleConnector {

    /** Where the framework is told that a bundle is. */
    static String location(NodeBundle bundle) {
        return "ippan-node:" + bundle.symbolicName();
    }

    @Override
    public void initialize(File storage, Map<String, String> configuration) {
        // Nothing depends on either.
    }

    @Override
    public Optional<ConnectModule> connect(String location) {
        return shared.stream().filter(bundle -> location.equals(location(bundle)))
                .map(ConnectModule.class::cast).findFirst();
    }

    @Override
    public Optional<BundleActivator> newBundleActivator() {
        return Optional.empty();
    }
}
