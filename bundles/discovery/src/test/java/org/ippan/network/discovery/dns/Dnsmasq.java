// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.dns;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ippan.network.api.Ticker;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.Programs;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** A real name server, for tests on machines that have it. */
final class Dnsmasq implements AutoCloseable {

    private static final List<Path> PLACES = List.of(Path.of("/usr/sbin/dnsmasq"), Path.of("/usr/bin/dnsmasq"),
            Path.of("/usr/local/sbin/dnsmasq"), Path.of("/opt/homebrew/sbin/dnsmasq"));

    private final Process process;
    private final InetSocketAddress address;

    /** Whether this machine has it. */
    static boolean isInstalled() {
        return PLACES.stream().anyMatch(Files::isExecutable);
    }

    /** Starts it with lines of its configuration. */
    Dnsmasq(Path folder, List<String> lines) throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        int port;
        try (DatagramSocket free = new DatagramSocket(0, loopback)) {
            port = free.getLocalPort();
        }
        address = new InetSocketAddress(loopback, port);
        List<String> all = new ArrayList<>(List.of("no-daemon", "no-resolv", "no-hosts", "port=" + port,
                "listen-address=127.0.0.1", "bind-interfaces", "user=" + System.getProperty("user.name"),
                "pid-file", "local=/ippan.test/", "local-ttl=30"));
        all.addAll(lines);
        Path conf = Files.write(folder.resolve("dnsmasq.conf"), all);
        Path program = PLACES.stream().filter(Files::isExecutable).findFirst().orElseThrow();
        process = new ProcessBuilder(program.toString(), "-C", conf.toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("dnsmasq.log").toFile()).start();
        Eventually.until("dnsmasq answers", Duration.ofSeconds(10), this::answers);
    }

    private boolean answers() {
        try {
            new DnsClient(List.of(address), 200, new Random(1), Ticker.system())
                    .ask(Name.fromString("up.ippan.test."), Type.A);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        Programs.end(process);
    }
}
