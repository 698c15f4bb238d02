// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.launch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.ippan.network.api.state.FileErrors;
import org.ippan.network.api.state.StateDirectory;
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

    private static final String FILE = "peers-added.properties";

    private final StateDirectory state;
    private final Set<String> configured;
    private final ConfigurationAdmin admin;

    /**
     * @param folder where they are kept
     * @param configured PIDs that are written anew at each start
     * @param admin has them while the node runs
     */
    KeptPeers(Path folder, Set<String> configured, ConfigurationAdmin admin) {
        this.state = new StateDirectory(folder);
        this.configured = Set.copyOf(configured);
        this.admin = admin;
    }

    /** The peers that were kept: values by key, by PID. A file that is none is moved aside, and the node starts. */
    Map<String, Map<String, String>> load() {
        try {
            Optional<byte[]> content = state.read(FILE, MOST_BYTES);
            return content.isEmpty() ? Map.of() : parse(content.get());
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("ippan-node: peers that operators added are lost, as their file cannot be read: "
                    + FileErrors.words(e) + "; " + aside() + ". Add them again");
            return Map.of();
        }
    }

    private String aside() {
        try {
            return "it is kept as " + state.setAside(FILE);
        } catch (IOException e) {
            return "it cannot be moved aside: " + FileErrors.words(e);
        }
    }

    private Map<String, Map<String, String>> parse(byte[] content) throws IOException {
        Properties kept = new Properties();
        kept.load(new ByteArrayInputStream(content));
        Map<String, Map<String, String>> peers = new HashMap<>();
        for (String line : kept.stringPropertyNames()) {
            int dot = line.lastIndexOf('.');
            if (dot <= 0) {
                throw new IOException("a line of it is not NAME.KEY=VALUE");
            }
            String pid = Pids.PEER_FACTORY + '~' + line.substring(0, dot);
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
            System.err.println("ippan-node: added peers are not kept for the next start: cannot write "
                    + state.path(FILE) + ": " + FileErrors.words(e));
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
        state.write(FILE, content.toByteArray());
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
