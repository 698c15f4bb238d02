// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.karaf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.ippan.network.testkit.Eventually;

/** A user at the container's console, by ssh; its password is its name. Karaf ends a session with each command. */
final class Ssh implements AutoCloseable {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String COLOURS = "\u001b\\[[0-9;?]*[a-zA-Z]";

    private final SshClient client = SshClient.setUpDefaultClient();
    private final int port;
    private final String user;

    Ssh(int port, String user) {
        this.port = port;
        this.user = user;
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        // Of what Karaf offers the cheapest: there is a session for each command.
        client.setKeyExchangeFactories(NamedFactory.setUpTransformedFactories(false,
                List.of(BuiltinDHFactories.ecdhp256), ClientBuilder.DH2KEX));
        client.start();
    }

    private ClientSession login() throws IOException {
        ClientSession session = client.connect(user, "127.0.0.1", port).verify(SOON).getSession();
        session.addPasswordIdentity(user);
        session.auth().verify(SOON);
        return session;
    }

    /** Runs a command and returns what it says, whether it succeeds or not, without colours. */
    String run(String command) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (ClientSession session = login(); ChannelExec channel = session.createExecChannel(command)) {
            channel.setOut(said);
            channel.setErr(said);
            channel.open().verify(SOON);
            if (channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), SOON).contains(ClientChannelEvent.TIMEOUT)) {
                throw new AssertionError(command + " does not end: " + said);
            }
        }
        return said.toString(StandardCharsets.UTF_8).replaceAll(COLOURS, "").replace("\r", "").strip();
    }

    /** Whether there is somebody at the other end. */
    boolean answers() {
        try {
            return run("shell:echo here").equals("here");
        } catch (IOException e) {
            return false;
        }
    }

    /** Types at a terminal, and waits until a text is seen there. */
    void type(String keys, String seen) throws IOException {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        try (ClientSession session = login(); ChannelShell channel = session.createShellChannel()) {
            channel.setPtyType("xterm");
            channel.setPtyColumns(200);
            channel.setOut(screen);
            channel.setErr(screen);
            channel.open().verify(SOON);
            await(screen, "root()>");
            channel.getInvertedIn().write(keys.getBytes(StandardCharsets.UTF_8));
            channel.getInvertedIn().flush();
            await(screen, seen);
        }
    }

    private static void await(ByteArrayOutputStream screen, String text) {
        Eventually.until(() -> "'" + text + "' is seen: " + shown(screen), SOON, () -> shown(screen).contains(text));
    }

    private static String shown(ByteArrayOutputStream screen) {
        return screen.toString(StandardCharsets.UTF_8).replaceAll(COLOURS, "");
    }

    @Override
    public void close() {
        client.stop();
    }
}
