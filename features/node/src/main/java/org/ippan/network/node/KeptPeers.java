// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.ippan.network.api.state.PrivateFiles;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;

/**
 * The peers that operators add, in a file of the node's state: all other configuration is written anew at each start.
 * Peers that the program or the command line configures are not among them. Safe for any thread.
 */
final class KeptPeers implements SynchronousConfigurationListener {

    private static final String ADDRESS = "address";
    private static final String PEER_ID = "peerId";
    /** Room for thousands of peers. */
    private static final int MOST_BYTES = 1 << 20;

    private final Path file;
    private final Set<String> configured;
    private final ConfigurationAdmin admin;

    /**
     * @param file where they are kept
     * @param configured PIDs that are written anew at each start
     * @param admin has them while the node runs
     */
    KeptPeers(Path file, Set<String> configured, ConfigurationAdmin admin) {
        this.file = file;
        this.configured = Set.copyOf(configured);
        this.admin = admin;
    }

    /** The peers that were kept: values by key, by PID. */
    Map<String, Map<String, String>> load() throws IOException {
        Properties kept = new Properties();
        try {
            kept.load(new ByteArrayInputStream(PrivateFiles.read(file, MOST_BYTES)));
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: remove it, and add its peers again", e);
        }
        Map<String, Map<String, String>> peers = new HashMap<>();
        for (String line : kept.stringPropertyNames()) {
            int dot = line.lastIndexOf('.');
            String pid = Pids.PEER_FACTORY + '~' + line.substring(0, Math.max(0, dot));
            if (!configured.contains(pid)) {
                peers.computeIfAbsent(pid, any -> new HashMap<>()).put(line.substring(dot + 1),
                        kept.getProperty(line));
            }
        }
        return peers;
    }

    @Override
    public synchronized void configurationEvent(ConfigurationEvent event) {
        if (!Pids.PEER_FACTORY.equals(event.getFactoryPid()) || configured.contains(event.getPid())) {
            return;
        }
        try {
            save();
        } catch (IOException e) {
            System.err.println("ippan-node: added peers are not kept for the next start: cannot write " + file + ": "
                    + DataDirectory.describe(e));
        }
    }

    private void save() throws IOException {
        Properties kept = new Properties();
        for (Configuration peer : found()) {
            if (!configured.contains(peer.getPid())) {
                String name = peer.getPid().substring(peer.getPid().indexOf('~') + 1);
                for (String key : Set.of(ADDRESS, PEER_ID)) {
                    Object value = peer.getProperties().get(key);
                    if (value != null) {
                        kept.setProperty(name + '.' + key, String.valueOf(value));
                    }
                }
            }
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        kept.store(content, "Peers added by operators.");
        PrivateFiles.replace(file, content.toByteArray());
    }

    private Configuration[] found() throws IOException {
        try {
            Configuration[] found = admin.listConfigurations("(service.factoryPid=" + Pids.PEER_FACTORY + ")");
            return found == null ? new Configuration[0] : found;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
