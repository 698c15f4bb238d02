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
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/** The executable jar seen from inside: the bundles it carries and what the system bundle exports to them. */
public final class NodeJar {

    private static final Pattern FOLDER = Pattern.compile("bundles/[^/]+/");
    private static final List<NodeBundle> BUNDLES = new ArrayList<>();
    private static final String EXPORTS = "exports/";

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
                String exports = systemPackages(jar);
                jar.stream().map(JarEntry::getName).filter(FOLDER.asMatchPredicate()).sorted()
                        .forEach(folder -> BUNDLES.add(new NodeBundle(jar, folder, exports)));
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
    static String systemPackages(JarFile jar) throws IOException {
        StringBuilder packages = new StringBuilder(JDK_EXTRA);
        for (JarEntry entry : jar.stream().filter(e -> e.getName().startsWith(EXPORTS)
                && e.getName().endsWith(JarFile.MANIFEST_NAME)).toList()) {
            try (InputStream in = jar.getInputStream(entry)) {
                packages.append(',').append(new Manifest(in).getMainAttributes().getValue("Export-Package"));
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
