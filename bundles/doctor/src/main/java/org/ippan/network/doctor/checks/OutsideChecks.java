// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.checks;

import static org.ippan.network.doctor.checks.Findings.setting;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.address.Prefix;
import org.ippan.network.api.discovery.DiscoverySnapshot;
import org.ippan.network.api.discovery.FindingRefusal;
import org.ippan.network.api.nat.NatProblem;
import org.ippan.network.api.nat.NatSnapshot;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.web.WebSnapshot;
import org.ippan.network.doctor.look.Look;
import org.ippan.network.doctor.look.ScoreWords;
import org.ippan.network.doctor.look.Snapshots;

/**
 * Whether this node finds others, and others find it, by the means beside peers themselves that are switched on; and
 * whether browsers find its page.
 */
public final class OutsideChecks {

    /** One failure may be a server that restarts. */
    private static final int FAILURES = 3;

    private static final Pattern SEPARATOR = Pattern.compile(",");
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private final Look look;

    public OutsideChecks(Look look) {
        this.look = look;
    }

    public Map<String, Consumer<Findings>> all() {
        return Map.of("discovery", this::discovery, "nat", this::nat, "advertise-seen", this::seen, "page", this::page,
                "subscribers", this::subscribers);
    }

    private void page(Findings findings) {
        look.services().told(WebSnapshot.class).filter(page -> !page.listenError().isEmpty()).forEach(page ->
                findings.warn("page", "The page is not shown: " + page.listenError() + ".", "Correct what is named"
                        + " there; if it is the address, free it or set another listenAddress of"
                        + " org.ippan.network.web.", setting("web", "listenAddress")));
    }

    private void subscribers(Findings findings) {
        long lost = look.grown(Snapshots::web, WebSnapshot::lost);
        if (lost > 0) {
            findings.warn("subscribers", "Programs subscribed over HTTP read too slowly: " + ScoreWords.count(lost,
                    "message") + " dropped " + look.period() + ", the oldest first.", "Have them read faster, or"
                    + " subscribe to fewer topics; each is told how many it missed, and no node waits for them.");
        }
    }

    private void discovery(Findings findings) {
        look.services().told(DiscoverySnapshot.class).filter(DiscoverySnapshot::enabled).forEach(source -> {
            if (source.failuresInARow() >= FAILURES) {
                findings.warn("discovery", "The discovery " + source.source() + " failed " + source.failuresInARow()
                        + " times in a row: " + source.lastError() + ".", "Correct org.ippan.network.discovery."
                        + source.source() + " or what it searches; what was found before is kept.");
            } else if (source.looks() > 0 && isAlone() && (source.found() == 0 || isRefused(source,
                    FindingRefusal.LOOPBACK) || isRefused(source, FindingRefusal.PRIVATE))) {
                alone(findings, source);
            } else {
                findings.ok("discovery", knows(source) + ".");
            }
        });
    }

    /** A record counts as found also where none of its addresses was taken. */
    private static void alone(Findings findings, DiscoverySnapshot source) {
        String key = isRefused(source, FindingRefusal.LOOPBACK) ? "allowLoopback"
                : isRefused(source, FindingRefusal.PRIVATE) ? "allowPrivate" : "";
        String where = key.equals("allowLoopback") ? "on one machine" : "in a private network";
        findings.warn("discovery", knows(source) + refused(source) + ".", "Check what org.ippan.network.discovery."
                + source.source() + " searches" + (key.isEmpty() ? "." : "; " + where + " set " + key
                        + " = true there."),
                key.isEmpty() ? new String[0] : new String[] {setting("discovery." + source.source(), key)});
    }

    private static boolean isRefused(DiscoverySnapshot source, FindingRefusal why) {
        return source.refused().getOrDefault(why, 0L) > 0;
    }

    private static String knows(DiscoverySnapshot source) {
        return "The discovery " + source.source() + " knows " + source.found() + " addresses or records";
    }

    /** What it found and did not tell, since it began. */
    private static String refused(DiscoverySnapshot source) {
        String reasons = source.refused().entrySet().stream().filter(each -> each.getValue() > 0)
                .map(each -> each.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-') + ' ' + each.getValue())
                .collect(Collectors.joining(", "));
        return reasons.isEmpty() ? "" : "; refused since its start: " + reasons;
    }

    private boolean isAlone() {
        PeerDirectory peers = look.services().peers();
        return peers != null && peers.peers().stream().noneMatch(Peer::connected);
    }

    private void nat(Findings findings) {
        look.services().told(NatSnapshot.class).filter(NatSnapshot::enabled).forEach(nat -> {
            if (nat.problem() == NatProblem.NONE || nat.problem() == NatProblem.SEARCHING) {
                findings.ok("nat", nat.mapped() == 0 ? "No port is mapped yet." : "The router at " + nat.gateway()
                        + " passes connections on (" + nat.protocol() + "): " + nat.mappings() + "." + doubts(nat));
            } else {
                findings.warn("nat", "Peers beyond the router cannot connect to this node: "
                        + nat.problem().description() + (nat.lastError().isEmpty() ? "" : " " + nat.lastError() + "."),
                        advice(nat.problem()), settings(nat.problem()));
            }
        });
    }

    /** What is mapped may be of no use yet, or not for long. */
    private static String doubts(NatSnapshot nat) {
        return (nat.externalAddress().isEmpty() ? " Its outer address is not known yet, so peers are told none." : "")
                + (nat.lastError().isEmpty() ? "" : " The last request failed: " + nat.lastError() + ".");
    }

    /** Names are left out: what they stand for is not looked up here. */
    private void seen(Findings findings) {
        PeerDirectory peers = look.services().peers();
        List<String> hosts = look.services().text("peers", "advertise").stream().flatMap(SEPARATOR::splitAsStream)
                .map(String::strip).filter(text -> !text.isEmpty()).map(PeerAddress::parse).map(PeerAddress::host)
                .toList();
        List<InetAddress> ips = hosts.stream().flatMap(host -> ip(host).stream()).toList();
        boolean comparable = peers != null && ips.size() == hosts.size();
        List<InetAddress> seen = comparable ? peers.observedAddresses() : List.of();
        seen.stream().filter(ip -> differs(ip, ips)).findFirst().ifPresent(ip ->
                findings.warn("advertise-seen", "Peers see this node at " + ip.getHostAddress()
                        + ", but are told " + String.join(", ", hosts) + ".", "Correct advertise of"
                        + " org.ippan.network.peers, or forward that address to this node.",
                        setting("peers", "advertise")));
    }

    /** Of the same family none is of that host: one may have several addresses of IPv6, and dial from any. */
    private static boolean differs(InetAddress seen, List<InetAddress> told) {
        List<InetAddress> alike = told.stream().filter(ip -> ip.getClass().equals(seen.getClass())).toList();
        return !alike.isEmpty() && alike.stream().noneMatch(Prefix.host(seen)::contains);
    }

    private static Optional<InetAddress> ip(String host) {
        try {
            return LITERAL.matcher(host).matches() ? Optional.of(InetAddress.getByName(host)) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static String[] settings(NatProblem problem) {
        return switch (problem) {
            case NOTHING_TO_MAP -> new String[] {setting("transport", "listenAddress")};
            case NO_GATEWAY -> new String[] {setting("nat", "gateway")};
            case NO_ANSWER, REFUSED -> new String[] {setting("peers", "advertise")};
            default -> new String[0];
        };
    }

    private static String advice(NatProblem problem) {
        return switch (problem) {
            case NOTHING_TO_MAP -> "Set listenAddress of org.ippan.network.transport to an address of the local"
                    + " network, or 0.0.0.0.";
            case NO_GATEWAY -> "Set gateway of org.ippan.network.nat to the inner address of the router.";
            case NO_ANSWER, REFUSED -> "Allow UPnP, NAT-PMP or PCP in the router; or forward the port there by hand and"
                    + " set advertise of org.ippan.network.peers.";
            default -> "Ask the provider for a public address, or let this node dial only: its links work all the"
                    + " same.";
        };
    }
}
