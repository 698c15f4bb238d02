// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a node says of a file of passwords or secrets, or of a port of JMX, that it cannot use: it does not start. */
@Tag(Nodes.WAITING)
class PasswordsIT {

    private static final String SECRET = "a-password-that-none-may-see";

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private Path file(String name, String content, String mode) throws IOException {
        return Files.setPosixFilePermissions(Files.writeString(nodes.path(name), content),
                PosixFilePermissions.fromString(mode));
    }

    private NodeProcess refuses(int code, String why, String... arguments) {
        NodeProcess node = nodes.launch("node", Nodes.ANY_PORT, arguments);

        assertEquals(code, node.exitCode(Nodes.SOON), node.err());
        assertTrue(node.err().contains("ippan-node: " + why), why + " in " + node.err());
        assertFalse(node.err().contains(SECRET) || node.err().contains("Exception"), node.err());
        assertEquals("", node.out());
        return node;
    }

    private static void refusesUsers(Path users, String why) {
        Refused.as(why, "run", "--jmx", "0", "--jmx-password", users.toString());
        assertFalse(why.contains(SECRET));
    }

    private Path pipe() throws Exception {
        Path pipe = nodes.path("pipe");
        assertTrue(new ProcessBuilder("mkfifo", "-m", "600", pipe.toString()).start().waitFor(10, TimeUnit.SECONDS));
        return pipe;
    }

    @Test
    void shouldSayWhatIsWrongWithItsFileOfUsers() throws Exception {
        Path gone = nodes.path("gone");
        Path open = file("open", "reader " + SECRET + "\n", "rw-r--r--");
        Path empty = file("empty", "# no user\n\n", "rw-------");
        Path wrongRole = file("role", "# users\nreader " + SECRET + " administrator\n", "rw-------");
        Path twice = file("twice", "reader a\nreader " + SECRET + "\n", "rw-------");
        Path folder = Files.createDirectory(nodes.path("folder"), PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rwx------")));
        Path link = Files.createSymbolicLink(nodes.path("link"), wrongRole);

        refusesUsers(gone, "--jmx-password: cannot read the users: " + gone + ": there is no such file or folder");
        refusesUsers(empty, "--jmx-password: " + empty + " names no user; a line is USER PASSWORD"
                + " [readonly|readwrite]");
        refusesUsers(wrongRole, "--jmx-password: " + wrongRole + ":2: not USER PASSWORD [readonly|readwrite]"
                + " with a user not named before");
        refusesUsers(twice, "--jmx-password: " + twice + ":2: not USER PASSWORD [readonly|readwrite]"
                + " with a user not named before");
        Path placeholder = file("placeholder", "reader ${env:READER_PASSWORD} readonly\n", "rw-------");
        refusesUsers(placeholder, "--jmx-password: " + placeholder + ":1: the password is a placeholder, whose variable"
                + " is not set");
        refusesUsers(folder, "--jmx-password: cannot read the users: " + folder + ": it is a folder, not a file");
        refusesUsers(link, "--jmx-password: cannot read the users: " + link + ": it is a symbolic link, which is not"
                + " followed here; give the path it leads to");
        Path pipe = pipe();
        refusesUsers(pipe, "--jmx-password: cannot read the users: " + pipe + ": it is a pipe, socket or device, which"
                + " is not waited for");
        refuses(2, "--jmx-password: others may read the passwords in " + open + "; make it yours alone: chmod 600 "
                + open, "--jmx", "0", "--jmx-password", open.toString());
        Refused.as("--jmx-password says who may use --jmx, which is missing", "run", "--jmx-password",
                open.toString());
    }

    @Test
    void shouldSayWhatIsWrongWithItsFileOfASecret() throws Exception {
        Path there = file("there", SECRET, "rw-------");
        Path gone = nodes.path("gone");
        Path pipe = pipe();
        Path empty = file("empty", " \n", "rw-------");

        refuses(2, "refused: org.ippan.network.peers: networkKey is empty", "--key-file", empty.toString());
        refuses(2, "refused: org.ippan.network.web: token is empty", "--token-file", empty.toString());
        Path placeholder = file("placeholder", "${env:GOSSIP_NETWORK_KEY}\n", "rw-------");
        refuses(2, "refused: org.ippan.network.peers: networkKey = ***: must be a text that is not empty (it is a"
                + " placeholder, whose variable is not set)", "--key-file", placeholder.toString());
        refuses(2, "--key-file: " + gone + ": there is no such file or folder", "--key-file", gone.toString());
        refuses(2, "--token-file: " + pipe + ": it is a pipe, socket or device, which is not waited for",
                "--token-file", pipe.toString());
        Refused.as("--new-key " + there + ": there is such a file; use it with --key-file", "run", "--new-key",
                there.toString());
        Path nowhere = gone.resolve("key");
        Refused.as("--new-key: " + nowhere + ": there is no such file or folder", "run", "--new-key",
                nowhere.toString());
    }

    @Test
    void shouldSayThatThePortOfJmxIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(Nodes.LOOPBACK))) {
            refuses(1, "cannot open JMX on 127.0.0.1:" + taken.getLocalPort() + ": Address already in use", "--jmx",
                    String.valueOf(taken.getLocalPort()));
        }
    }

    @Test
    void shouldSayThatItsDataDirectoryIsNone() throws Exception {
        Path file = file("node", "no folder", "rw-------");

        refuses(1, "cannot use the data directory " + file + ": " + file + ": it is a file, not a folder");
    }
}
