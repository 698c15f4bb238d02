// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.nat.Nat;
import org.ippan.network.testkit.Eventually;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * What the doctor finds of a router and of a discovery, each provoked; of a machine without a default route
 * {@link NoNetwork}. In an expected text {@code …} stands for anything.
 */
public class OutsideIT {

    private static final String NAT = "org.ippan.network.nat";
    private static final String DISCOVERY = "org.ippan.network.discovery";
    /** An address of this machine that no other program uses; the port is that of the protocol. */
    private static final String ROUTER = "127.9.8.7";
    private static final Path FOLDER = Container.TARGET.resolve("felix").resolve(OutsideIT.class.getSimpleName());
    private static final String BEYOND = "WARN nat: Peers beyond the router cannot connect to this node: ";
    private static final String ALLOW = " Allow UPnP, NAT-PMP or PCP in the router; or forward the port there by hand"
            + " and set advertise of org.ippan.network.peers.";

    private PlainFelix felix;

    @Before
    public void start() throws Exception {
        Container.delete(FOLDER);
        Files.createDirectories(FOLDER);
        felix = new PlainFelix(FOLDER);
        felix.configure("org.ippan.network.transport", "listenAddress", "127.0.0.1:0");
        felix.start(Container.PROVIDERS);
        felix.start(List.of("org.ippan.network.doctor"));
    }

    @After
    public void stop() {
        felix.close();
    }

    private void configure(String pid, Map<String, Object> keys) throws IOException {
        felix.service(ConfigurationAdmin.class).getConfiguration(pid, "?").update(new Hashtable<>(keys));
    }

    private List<String> findings() {
        return felix.service(Doctor.class).glance().stream().map(finding -> finding.toString().replaceAll("\\s+", " "))
                .toList();
    }

    private void finds(String expected) {
        Pattern line = Pattern.compile(Pattern.quote(expected).replace("…", "\\E.*\\Q"));
        Eventually.until(() -> expected + "\nin\n" + String.join("\n", findings()), NodeInside.SOON,
                () -> findings().stream().anyMatch(line.asMatchPredicate()));
    }

    /** Asks the router once more, as the settings are others each time. */
    private void ask(int leaseSeconds) throws IOException {
        configure(NAT, Map.of("enabled", "true", "gateway", ROUTER, "ports", "9700", "timeoutSeconds", "1", "protocols",
                "nat-pmp", "leaseSeconds", String.valueOf(leaseSeconds)));
    }

    @Test
    public void shouldSayWhyPeersBeyondTheRouterCannotConnect() throws Exception {
        configure(NAT, Map.of("enabled", "true", "gateway", ROUTER));
        felix.start(List.of(NAT));
        finds(BEYOND + "The node listens on no address that a router could pass connections on to. Set listenAddress of"
                + " org.ippan.network.transport to an address of the local network, or 0.0.0.0.");

        ask(600);
        finds(BEYOND + "The gateway answers none of the protocols. nat-pmp: …." + ALLOW);
        try (OddRouter router = new OddRouter(ROUTER)) {
            router.result = 2;
            ask(700);
            finds(BEYOND + "The gateway refuses to map the port. nat-pmp: not authorized or refused…." + ALLOW);
            router.result = 0;
            router.outside = new byte[] {10, 1, 2, 3};
            ask(800);
            finds(BEYOND + "The gateway is behind another router: its own outer address cannot be reached. Ask the"
                    + " provider for a public address, or let this node dial only: its links work all the same.");
            router.outside = new byte[] {1, 2, 3, 4};
            configure(NAT, Map.of("enabled", "false"));
            ask(900);
            finds("OK nat: The router at " + ROUTER + " passes connections on (nat-pmp): …9700….");
            router.mute = true;
            felix.service(Nat.class).renew();
            finds("OK nat: The router at " + ROUTER + " passes connections on (nat-pmp): …. The last request failed: …"
                    + "no answer within 1000 ms….");
        }
    }

    @Test
    public void shouldSayThatADiscoveryFailsAgainAndAgain() throws Exception {
        Path file = FOLDER.resolve("peers");
        configure(DISCOVERY + ".file", Map.of("path", file.toString(), "pollSeconds", "1", "allowLoopback", "true"));
        felix.start(List.of(DISCOVERY));

        finds("WARN discovery: The discovery file failed … times in a row: " + file + " does not exist. Correct"
                + " org.ippan.network.discovery.file or what it searches; what was found before is kept.");
        Files.writeString(file, "127.0.0.1:1\n");
        finds("OK discovery: The discovery file knows 1 addresses or records.");
        Files.writeString(file, "10.1.2.3:9700\n");
        configure(DISCOVERY + ".file", Map.of("path", file.toString(), "pollSeconds", "1", "allowPrivate", "false"));
        finds("WARN discovery: The discovery file knows …; refused since its start: …private 1. Check what"
                + " org.ippan.network.discovery.file searches; in a private network set allowPrivate = true there.");
    }
}
