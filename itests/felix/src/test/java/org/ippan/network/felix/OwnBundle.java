// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.Constants;

/** Makes a bundle of one class of the tests, as an application's would be. */
final class OwnBundle {

    private OwnBundle() {
    }

    /** The jar of a bundle of this name that begins with an activator, which names no other class of the tests. */
    static InputStream of(String name, Class<? extends BundleActivator> activator) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        Map.of(Constants.BUNDLE_MANIFESTVERSION, "2", Constants.BUNDLE_SYMBOLICNAME, name,
                Constants.BUNDLE_ACTIVATOR, activator.getName(), Constants.IMPORT_PACKAGE, "org.osgi.framework,"
                + "org.osgi.util.tracker,org.ippan.network.api,org.ippan.network.api.gossip")
                .forEach((key, value) -> main.put(new Attributes.Name(key), value));
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        String file = activator.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(jar, manifest);
                InputStream code = activator.getClassLoader().getResourceAsStream(file)) {
            out.putNextEntry(new JarEntry(file));
            code.transferTo(out);
        }
        return new ByteArrayInputStream(jar.toByteArray());
    }
}
