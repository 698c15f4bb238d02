// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ippan.network.api.Credentials;
import org.ippan.network.api.ListenAddress;
import org.ippan.network.api.Topic;
import org.ippan.network.node.arguments.CommandLine;
import org.ippan.network.node.arguments.CommandLine.UsageException;
import org.ippan.network.node.arguments.SecretFile;
import org.ippan.network.node.jmx.JmxUsers;
import org.ippan.network.node.launch.NodeLauncher;
import org.ippan.network.node.launch.Pids;

/**
 * What {@code run} was asked to do, checked as far as that is possible without starting anything.
 *
 * @param data the directory of the node
 * @param settings configuration in the order it is written: later ones win
 * @param secrets files with secret values of configuration keys
 * @param publish what to publish
 * @param subscribe what to write down
 * @param jmx how to be managed over JMX
 * @param untilStdinCloses whether the node ends when its standard input does
 */
public record RunArguments(Path data, List<Setting> settings, List<SecretFile> secrets, Optional<Publication> publish,
        Optional<Subscription> subscribe, Optional<Jmx> jmx, boolean untilStdinCloses) {

    /** What stands for standard input or output where a file is expected. */
    static final String STANDARD_STREAM = "-";

    private static final Set<String> VALUED = Set.of("--data", "--listen", "--peers", "--network-id", "--key-file",
            "--new-key", "--second-key-file", "--token-file", "--set", "--publish", "--topic", "--min-peers",
            "--timeout", "--subscribe", "--output", "--jmx", "--jmx-password", "--http");
    private static final Set<String> FLAGS = Set.of("--until-stdin-closes");

    /**
     * One configuration key.
     *
     * @param pid which configuration
     * @param key which key
     * @param value its value as text: the bundle judges it
     */
    record Setting(String pid, String key, String value) {
    }

    /**
     * Lines to publish.
     *
     * @param source a file, or {@link #STANDARD_STREAM}
     * @param topic their topic
     * @param minPeers how many peers have to be there first
     * @param timeoutSeconds how long nothing may be published before it is given up; 0 for ever
     */
    record Publication(String source, Topic topic, int minPeers, int timeoutSeconds) {
    }

    /**
     * Messages to write.
     *
     * @param topic a topic or a pattern
     * @param output a file, or {@link #STANDARD_STREAM}
     */
    record Subscription(String topic, String output) {

        boolean toStandardOutput() {
            return output.equals(STANDARD_STREAM);
        }
    }

    /**
     * Management over JMX.
     *
     * @param port 0 for any free one
     * @param users who may connect; empty for anybody on this machine
     */
    record Jmx(int port, Optional<JmxUsers> users) {
    }

    /** Whether the node is shown over HTTP. */
    boolean http() {
        return settings.stream().filter(setting -> setting.pid().equals(Pids.WEB) && setting.key().equals(Pids.ENABLED))
                .reduce((first, last) -> last).filter(setting -> setting.value().equals("true")).isPresent();
    }

    /**
     * Reads the arguments of {@code run}.
     *
     * @param arguments what was written after {@code run}
     * @param knownPids PIDs of the bundles in the jar
     */
    public static RunArguments parse(List<String> arguments, Set<String> knownPids) throws UsageException {
        CommandLine line = CommandLine.parse(arguments, VALUED, FLAGS);
        RunArguments parsed = new RunArguments(path("--data", line.one("--data").orElse("ippan-data")),
                settings(line, knownPids), secrets(line),
                publication(line), subscription(line), jmx(line), line.has("--until-stdin-closes"));
        if (parsed.untilStdinCloses && parsed.publish.isPresent()
                && parsed.publish.get().source.equals(STANDARD_STREAM)) {
            throw new UsageException("--publish - and --until-stdin-closes both want standard input");
        }
        if (line.one("--new-key").isPresent()) {
            // Last, as it is done only where all else is right.
            parsed.secrets.get(0).create();
        }
        return parsed;
    }

    /** The files with secrets, that of the network first, which is made where a new one is wanted. */
    private static List<SecretFile> secrets(CommandLine line) throws UsageException {
        if (line.one("--new-key").isPresent() && line.one("--key-file").isPresent()) {
            throw new UsageException("--new-key FILE makes a key and uses it, so --key-file has no place beside it");
        }
        List<SecretFile> secrets = new ArrayList<>();
        for (String option : List.of("--new-key", "--key-file", "--second-key-file", "--token-file")) {
            Optional<String> file = line.one(option);
            if (file.isPresent()) {
                secrets.add(secret(option, path(option, file.get())));
            }
        }
        return secrets;
    }

    private static SecretFile secret(String option, Path file) {
        return switch (option) {
            case "--token-file" -> new SecretFile(option, Pids.WEB, Pids.TOKEN, file);
            case "--second-key-file" -> new SecretFile(option, Pids.PEERS, Pids.SECOND_KEY, file);
            default -> new SecretFile(option, Pids.PEERS, Pids.NETWORK_KEY, file);
        };
    }

    private static List<Setting> settings(CommandLine line, Set<String> knownPids) throws UsageException {
        List<Setting> settings = new ArrayList<>();
        Optional<String> listen = line.one("--listen");
        if (listen.isPresent()) {
            settings.add(new Setting(Pids.TRANSPORT, Pids.LISTEN_ADDRESS, listenAddress("--listen", listen.get())));
        }
        Optional<String> http = line.one("--http");
        if (http.isPresent()) {
            settings.add(new Setting(Pids.WEB, Pids.ENABLED, "true"));
            settings.add(new Setting(Pids.WEB, Pids.LISTEN_ADDRESS, listenAddress("--http", http.get())));
        }
        if (!line.all("--peers").isEmpty()) {
            settings.add(new Setting(Pids.PEERS, Pids.SEEDS, peers(line.all("--peers"))));
        }
        line.one("--network-id").ifPresent(id -> settings.add(new Setting(Pids.PEERS, Pids.NETWORK_ID, id)));
        for (String text : line.all("--set")) {
            settings.add(setting(text, knownPids));
        }
        return settings;
    }

    private static String listenAddress(String option, String text) throws UsageException {
        try {
            ListenAddress.parse(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + " is HOST:PORT or HOST:PORT-PORT, not '" + Credentials.hidden(text)
                    + "'");
        }
    }

    private static String peers(List<String> texts) throws UsageException {
        List<String> peers = new ArrayList<>();
        for (String text : String.join(",", texts).split(",")) {
            String peer = text.trim();
            if (peer.isEmpty()) {
                continue;
            }
            try {
                NodeLauncher.requirePeer(peer);
            } catch (IllegalArgumentException e) {
                throw new UsageException("--peers is a list of HOST:PORT or HOST:PORT#ID: " + e.getMessage());
            }
            peers.add(peer);
        }
        if (peers.isEmpty()) {
            throw CommandLine.empty("--peers");
        }
        return String.join(",", peers);
    }

    private static Setting setting(String text, Set<String> knownPids) throws UsageException {
        int colon = text.indexOf(':');
        int equals = text.indexOf('=', colon);
        if (colon <= 0 || equals <= colon + 1) {
            // The value may be a secret.
            throw new UsageException("--set is PID:KEY=VALUE, not '" + text.replaceFirst("=.*", "=***") + "'");
        }
        String pid = text.substring(0, colon);
        if (!Pids.known(pid, knownPids)) {
            throw new UsageException(Pids.unknown(pid, knownPids));
        }
        return new Setting(pid, text.substring(colon + 1, equals), text.substring(equals + 1));
    }

    private static Optional<Publication> publication(CommandLine line) throws UsageException {
        Optional<String> source = line.one("--publish");
        Optional<String> topic = line.one("--topic");
        if (source.isPresent() != topic.isPresent()) {
            throw new UsageException("--publish and --topic go together");
        }
        if (source.isEmpty()) {
            if (!line.all("--min-peers").isEmpty()) {
                throw new UsageException("--min-peers says when --publish begins, which is missing");
            }
            if (!line.all("--timeout").isEmpty()) {
                throw new UsageException("--timeout says when --publish gives up, which is missing");
            }
            return Optional.empty();
        }
        requireFile("--publish", source.get());
        try {
            return Optional.of(new Publication(source.get(), Topic.of(topic.get()).ofApplications(),
                    line.number("--min-peers", 1, 1, 1_000_000), line.number("--timeout", 0, 0, 86_400)));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--topic '" + topic.get() + "': " + e.getMessage());
        }
    }

    private static Optional<Subscription> subscription(CommandLine line) throws UsageException {
        Optional<String> topic = line.one("--subscribe");
        Optional<String> output = line.one("--output");
        if (topic.isPresent() != output.isPresent()) {
            throw new UsageException("--subscribe and --output go together");
        }
        if (topic.isPresent() && !Topic.isPattern(topic.get())) {
            throw new UsageException("--subscribe is a topic (1 to " + Topic.MAX_LENGTH + " bytes without control"
                    + " characters), PREFIX/* or *, not '" + topic.get() + "'");
        }
        if (output.isPresent()) {
            requireFile("--output", output.get());
        }
        return topic.isEmpty() ? Optional.empty() : Optional.of(new Subscription(topic.get(), output.get()));
    }

    private static Optional<Jmx> jmx(CommandLine line) throws UsageException {
        Optional<String> password = line.one("--jmx-password");
        if (line.one("--jmx").isEmpty()) {
            if (password.isPresent()) {
                throw new UsageException("--jmx-password says who may use --jmx, which is missing");
            }
            return Optional.empty();
        }
        return Optional.of(new Jmx(line.number("--jmx", 0, 0, 65_535),
                password.isEmpty() ? Optional.empty()
                        : Optional.of(JmxUsers.read(path("--jmx-password", password.get())))));
    }

    private static void requireFile(String option, String text) throws UsageException {
        if (!text.equals(STANDARD_STREAM)) {
            path(option, text);
        }
    }

    /** The path that an option names. */
    public static Path path(String option, String text) throws UsageException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException(option + ": '" + text + "' is no path: " + e.getReason()
                    + "; letters beyond ASCII need a locale with UTF-8, for example LC_ALL=C.UTF-8");
        }
    }
}
