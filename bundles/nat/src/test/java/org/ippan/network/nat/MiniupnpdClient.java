// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.Ticker;
import org.ippan.network.nat.gateway.Routes;
import org.ippan.network.nat.keeper.Keeper;
import org.ippan.network.nat.keeper.Listeners;
import org.ippan.network.nat.keeper.Protocols;
import org.ippan.network.nat.settings.NatSettings;
import org.ippan.network.nat.upnp.Upnp;
import org.ippan.network.testkit.Eventually;

/** A node in the local network of {@link MiniupnpdTest}: says what the router did, a line each. */
final class MiniupnpdClient {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration TO_MAP = Duration.ofSeconds(3);
    private static final int PORT = 9700;
    private static final int RENEWALS = 3;

    private MiniupnpdClient() {
    }

    public static void main(String[] arguments) throws Exception {
        for (String protocol : List.of("pcp", "nat-pmp", "upnp")) {
            tryProtocol(protocol);
        }
    }

    private static void tryProtocol(String protocol) throws Exception {
        try (ServerSocket listening = new ServerSocket(PORT)) {
            NatThreads threads = new NatThreads();
            Keeper keeper = new Keeper(new Protocols(new Routes(Routes.LINUX), Protocols.PORT, Upnp.group(),
                    NatThreads.random(12), threads.watch, Ticker.system()), new Listeners(() ->
                    List.of(PeerAddress.tcp("0.0.0.0", listening.getLocalPort()))), List::of,
                    threads.timer, Ticker.system(), System.out::println);
            keeper.apply(new NatSettings(true, List.of(protocol), Optional.empty(), List.of(), Map.of(), 120, 3));
            Eventually.until(() -> protocol + " maps: " + keeper.snapshot(), TO_MAP,
                    () -> !keeper.addresses().isEmpty());
            System.out.println(protocol + " " + keeper.addresses().get(0));
            System.out.println(isMapped() ? "mapped" : "the router has no rule");
            System.out.println(isReached() ? "reached" : "no way in");
            for (int i = 0; i < RENEWALS; i++) {
                long before = keeper.snapshot().renewals();
                keeper.renew();
                Eventually.until("it is renewed", SOON, () -> keeper.snapshot().renewals() > before);
            }
            System.out.println("renewed " + (keeper.snapshot().renewals() - 1));
            keeper.stop().get(2, TimeUnit.SECONDS);
            System.out.println(isMapped() ? "still mapped" : "gone");
            threads.timer.shutdownNow();
            threads.watch.shutdownNow();
        }
    }

    /** From outside, by the address and port that were told. */
    private static boolean isReached() throws IOException, InterruptedException {
        return new ProcessBuilder("ip", "netns", "exec", "ippan-out", "timeout", "3", "bash", "-c",
                "exec 3<>/dev/tcp/45.45.45.1/" + PORT).start().waitFor() == 0;
    }

    private static boolean isMapped() throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "ip netns exec ippan-gw nft list chain inet filter prerouting_miniupnpd"
                + " | grep -q 'dnat ip to 192.168.77.2:" + PORT + "'").start().waitFor() == 0;
    }
}
