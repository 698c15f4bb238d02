// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.launch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** The executable jar seen from inside: the bundles it carries and what the system bundle exports to them. */
public final class NodeJar {

    private static final String FOLDER = "bundles/";
    private static final List<NodeBundle> BUNDLES = new ArrayList<>();
    private static final String EXPORTS = "exports/";
    /** Of this JVM's jar, as its bundles are. */
    private static volatile String exports;

    /**
     * Packages of the JDK no bundle sees by itself: Netty uses it where the JDK still has it.
     */
    private static final String JDK_EXTRA = "sun.misc";

    private final Path path;

    NodeJar(Path path) {
        this.path = path;
    }

    /**
     * The jar this class was loaded from.
     *
     * @throws LaunchException if it was loaded from something else
     */
    public static NodeJar own() {
        CodeSource source = NodeJar.class.getProtectionDomain().getCodeSource();
        try {
            Path path = source == null ? null : Path.of(source.getLocation().toURI());
            if (path != null && Files.isRegularFile(path)) {
                return new NodeJar(path);
            }
        } catch (URISyntaxException | IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
            throw new LaunchException("the node runs from ippan-node.jar only, not from " + source.getLocation(), e);
        }
        throw new LaunchException("the node runs from ippan-node.jar only, not from "
                + (source == null ? "nowhere" : source.getLocation()));
    }

    /** Where it lies. */
    public Path path() {
        return path;
    }

    /** Opens the jar for reading. */
    JarFile open() throws IOException {
        return new JarFile(path.toFile());
    }

    /** The bundles in it, in order of name: the same ones for every framework of this JVM. */
    List<NodeBundle> bundles() throws IOException {
        synchronized (BUNDLES) {
            if (BUNDLES.isEmpty()) {
                JarFile jar = open();
                // Once for all bundles: there are thousands of entries, and each start begins with them.
                List<String> names = jar.stream().map(JarEntry::getName).toList();
                exports = exports(jar, names);
                Map<String, List<String>> folders = new TreeMap<>();
                for (String name : names) {
                    int end = name.startsWith(FOLDER) ? name.indexOf('/', FOLDER.length()) + 1 : 0;
                    if (end > 0) {
                        folders.computeIfAbsent(name.substring(0, end), folder -> new ArrayList<>())
                                .add(name.substring(end));
                    }
                }
                for (Map.Entry<String, List<String>> folder : folders.entrySet()) {
                    folder.getValue().removeIf(String::isEmpty);
                    BUNDLES.add(new NodeBundle(jar, folder.getKey(), List.copyOf(folder.getValue()), exports));
                }
            }
            return List.copyOf(BUNDLES);
        }
    }

    /** The PIDs of the network's bundles. */
    public Set<String> pids() throws IOException {
        Set<String> pids = new TreeSet<>();
        for (NodeBundle bundle : bundles()) {
            if (bundle.symbolicName().startsWith(Pids.PREFIX)) {
                pids.addAll(bundle.pids());
            }
        }
        return pids;
    }

    /**
     * What the system bundle exports besides the JDK: the packages whose classes lie flat in the jar, with the versions
     * of the manifests they came with.
     */
    String systemPackages() throws IOException {
        bundles();
        return exports;
    }

    private static String exports(JarFile jar, List<String> names) throws IOException {
        StringBuilder packages = new StringBuilder(JDK_EXTRA);
        for (String name : names) {
            if (name.startsWith(EXPORTS) && name.endsWith(JarFile.MANIFEST_NAME)) {
                try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
                    packages.append(',').append(new Manifest(in).getMainAttributes().getValue("Export-Package"));
                }
            }
        }
        return packages.toString();
    }

    /** The version of the node. */
    public String version() throws IOException {
        try (JarFile jar = open()) {
            return jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        }
    }
}
