// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.ippan.network.api.state.FileErrors;
import org.osgi.framework.Constants;
import org.osgi.framework.connect.ConnectContent;
import org.osgi.framework.connect.ConnectModule;

/**
 * A bundle that lies unpacked in the node's jar, for every framework of this JVM: each has its own services and
 * configuration, but all have the same classes, which are loaded and compiled once. So nothing in a bundle may be
 * static and belong to one node. Its classes see the flat part of the jar and themselves. A bundle of the network that
 * imports packages as it meets them, which are not flat, has classes of its own in each framework: others may bring
 * such packages there.
 * Safe for any thread.
 */
final class NodeBundle implements ConnectModule, ConnectContent {

    private static final Pattern PACKAGE = Pattern.compile("(?:^|,)\\s*([a-z][\\w.]*)");

    private static final String METATYPE = "OSGI-INF/metatype/";
    /** Not those of factories. */
    private static final Pattern DESIGNATED = Pattern.compile("\\spid=\"([^\"]+)\"");

    private final JarFile jar;
    private final String folder;
    private final List<String> entries;
    /** Null if each framework has its own. */
    private final ClassLoader classes;

    /**
     * @param jar where it lies; stays open
     * @param folder where in it, with a slash at the end
     * @param entries what is in that folder, by paths from there
     * @param exports what the system bundle exports
     */
    NodeBundle(JarFile jar, String folder, List<String> entries, String exports) {
        this.jar = jar;
        this.folder = folder;
        this.entries = entries;
        classes = isOpen(exports) ? null : new NodeClasses(symbolicName(), jar, folder);
    }

    private boolean isOpen(String exports) {
        try (InputStream manifest = jar.getInputStream(jar.getEntry(folder + JarFile.MANIFEST_NAME))) {
            String met = new Manifest(manifest).getMainAttributes().getValue(Constants.DYNAMICIMPORT_PACKAGE);
            return met != null && symbolicName().startsWith(Pids.PREFIX) && PACKAGE.matcher(met).results()
                    .anyMatch(found -> !exports.contains("," + found.group(1) + ";"));
        } catch (IOException e) {
            throw new LaunchException("cannot read " + folder + ": " + FileErrors.words(e), e);
        }
    }

    /** Its symbolic name: its folder is called by it. */
    String symbolicName() {
        return folder.substring(folder.lastIndexOf('/', folder.length() - 2) + 1, folder.length() - 1);
    }

    /** The PIDs of its configurations: its name, and those that its Metatype names. */
    Set<String> pids() throws IOException {
        Set<String> pids = new TreeSet<>(Set.of(symbolicName()));
        for (String entry : entries) {
            if (entry.startsWith(METATYPE) && entry.endsWith(".xml")) {
                try (InputStream in = jar.getInputStream(jar.getEntry(folder + entry))) {
                    DESIGNATED.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8)).results()
                            .forEach(found -> pids.add(found.group(1)));
                }
            }
        }
        return pids;
    }

    @Override
    public ConnectContent getContent() {
        return this;
    }

    @Override
    public Optional<Map<String, String>> getHeaders() {
        return Optional.empty();
    }

    @Override
    public Collection<String> getEntries() {
        return entries;
    }

    @Override
    public Optional<ConnectEntry> getEntry(String name) {
        return Optional.ofNullable(jar.getEntry(folder + name)).map(entry -> new Entry(jar, entry, name));
    }

    @Override
    public Optional<ClassLoader> getClassLoader() {
        return Optional.ofNullable(classes);
    }

    @Override
    public void open() {
        // The jar is open for as long as its classes may be loaded.
    }

    @Override
    public void close() {
        // Other frameworks read on.
    }

    private record Entry(JarFile jar, ZipEntry entry, String name) implements ConnectEntry {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public long getContentLength() {
            return entry.getSize();
        }

        @Override
        public long getLastModified() {
            return entry.getTime();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return jar.getInputStream(entry);
        }
    }
}
