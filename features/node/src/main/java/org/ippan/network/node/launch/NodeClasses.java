// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.launch;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * The classes and files of one folder of the node's jar, beside those of the flat part. They are read from the jar that
 * is open already, where a loader by URLs opens a connection for each. Safe for any thread.
 */
final class NodeClasses extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final JarFile jar;
    private final String folder;
    private final URL url;
    private final ProtectionDomain domain;

    /**
     * @param name of the bundle
     * @param jar where they lie; stays open
     * @param folder where in it, with a slash at the end
     */
    NodeClasses(String name, JarFile jar, String folder) {
        super(name, NodeClasses.class.getClassLoader());
        this.jar = jar;
        this.folder = folder;
        this.url = url("jar:" + Path.of(jar.getName()).toUri() + "!/" + folder);
        this.domain = new ProtectionDomain(new CodeSource(url, (Certificate[]) null), null, this, null);
    }

    private static URL url(String text) {
        try {
            return new URL(text);
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        ZipEntry entry = jar.getEntry(folder + name.replace('.', '/') + ".class");
        if (entry == null) {
            throw new ClassNotFoundException(name);
        }
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length, domain);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    @Override
    protected URL findResource(String name) {
        return jar.getEntry(folder + name) == null ? null : url(url + name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL found = findResource(name);
        return Collections.enumeration(found == null ? List.of() : List.of(found));
    }
}
