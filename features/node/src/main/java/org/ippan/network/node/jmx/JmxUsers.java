// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.jmx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.remote.JMXAuthenticator;
import javax.management.remote.JMXPrincipal;
import javax.security.auth.Subject;
import org.ippan.network.api.settings.Secrets;
import org.ippan.network.api.state.FileErrors;
import org.ippan.network.api.state.PrivateFiles;
import org.ippan.network.node.arguments.CommandLine.UsageException;

/**
 * Who may manage the node over JMX, from a file of lines {@code USER PASSWORD [readonly|readwrite]}. Immutable.
 */
public final class JmxUsers implements JMXAuthenticator {

    private static final Set<PosixFilePermission> OWNER = EnumSet.of(PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private static final int MOST_BYTES = 1 << 16;

    /** One user; of the password only its hash is kept, so that comparing takes as long for any length. */
    private record User(byte[] passwordHash, JmxRole role) {
    }

    /** Whom a stranger's password is compared with, to take as long as for a known user. */
    private static final User NOBODY = new User(new byte[32], JmxRole.READONLY);

    private final Map<String, User> users = new HashMap<>();

    private JmxUsers() {
    }

    /** Reads a file. What is refused is never quoted: it may be a password. */
    public static JmxUsers read(Path file) throws UsageException {
        try {
            byte[] content = PrivateFiles.read(file, MOST_BYTES);
            if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw new UsageException("--jmx-password: others may read the passwords in " + file
                        + "; make it yours alone: chmod 600 " + file);
            }
            return parse(file, new String(content, StandardCharsets.UTF_8).lines().toList());
        } catch (IOException e) {
            throw new UsageException("--jmx-password: cannot read the users: " + FileErrors.words(e));
        } catch (UnsupportedOperationException e) {
            throw new UsageException("--jmx-password: this file system cannot tell who may read " + file);
        }
    }

    private static JmxUsers parse(Path file, List<String> lines) throws UsageException {
        JmxUsers parsed = new JmxUsers();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.startsWith("#") && Stream.of(line.split("\\s+")).skip(1).anyMatch(Secrets::isPlaceholder)) {
                throw new UsageException("--jmx-password: " + file + ":" + (i + 1)
                        + ": the password is a placeholder, whose variable is not set");
            }
            if (!line.isEmpty() && !line.startsWith("#") && !parsed.add(line.split("\\s+"))) {
                throw new UsageException("--jmx-password: " + file + ":" + (i + 1)
                        + ": not USER PASSWORD [readonly|readwrite] with a user not named before");
            }
        }
        if (parsed.users.isEmpty()) {
            throw new UsageException("--jmx-password: " + file
                    + " names no user; a line is USER PASSWORD [readonly|readwrite]");
        }
        return parsed;
    }

    private boolean add(String[] words) {
        Optional<JmxRole> role = words.length == 3 ? role(words[2]) : Optional.of(JmxRole.READONLY);
        return (words.length == 2 || words.length == 3) && role.isPresent()
                && users.putIfAbsent(words[0], new User(hash(words[1]), role.get())) == null;
    }

    private static Optional<JmxRole> role(String word) {
        for (JmxRole role : JmxRole.values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    @Override
    public Subject authenticate(Object credentials) {
        if (credentials instanceof String[] given && given.length == 2 && given[0] != null && given[1] != null) {
            User user = users.getOrDefault(given[0], NOBODY);
            if (MessageDigest.isEqual(user.passwordHash, hash(given[1]))) {
                return new Subject(true, Set.of(new JMXPrincipal(given[0])), Set.of(), Set.of());
            }
        }
        throw new SecurityException("user or password is wrong or missing");
    }

    /** What an authenticated subject may do. */
    JmxRole role(Subject subject) {
        return subject.getPrincipals(JMXPrincipal.class).stream().map(principal -> users.get(principal.getName()).role)
                .findFirst().orElse(JmxRole.READONLY);
    }

    private static byte[] hash(String password) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
