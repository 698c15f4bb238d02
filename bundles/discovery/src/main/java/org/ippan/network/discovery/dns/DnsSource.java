// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.discovery.FindingRefusal;
import org.ippan.network.api.peers.PeerDiscovery;
import org.ippan.network.discovery.search.Candidate;
import org.ippan.network.discovery.search.InTurns;
import org.ippan.network.discovery.search.Network;
import org.ippan.network.discovery.search.RefusalCounts;
import org.ippan.network.discovery.search.Sighting;
import org.ippan.network.discovery.search.Source;
import org.ippan.network.discovery.settings.DnsSettings;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Services and hosts in DNS. Peers over {@code tcp} are told by IP address: what was checked is what is dialled,
 * whatever a name server says a moment later. A name that fails keeps what it led to before; one that does not exist
 * leads nowhere. Confined to one thread, but for {@link #close}, which ends a look on it.
 */
public final class DnsSource implements Source {

    private static final String WSS = "wss";
    private static final String WSS_SERVICE = "_ippan-wss.";
    private static final long LEAST_SECONDS = 10;
    /** Targets of one service: more are no list of peers to begin with. */
    private static final int MAX_TARGETS = 256;
    /** Each target has three questions: A, AAAA, TXT. */
    private static final int MAX_QUESTIONS = 3 * MAX_TARGETS + 16;

    private final DnsSettings settings;
    private final Around around;
    private final RefusalCounts tally;
    private final Map<String, List<Candidate>> known = new HashMap<>();
    /** Where the targets of each service led to. */
    private final Map<String, Map<SRVRecord, List<Candidate>>> knownTargets = new HashMap<>();
    private volatile DnsClient asked;
    private volatile boolean closed;

    /**
     * What the search needs beside its settings.
     *
     * @param servers gives those of the operating system
     */
    public record Around(Network network, RandomGenerator random, Ticker ticker, Servers servers) {
    }

    /** Gives name servers. */
    @FunctionalInterface
    public interface Servers {

        /** In the order in which they are asked. */
        List<InetSocketAddress> get();
    }

    public DnsSource(DnsSettings settings, Around around, RefusalCounts tally) {
        this.settings = settings;
        this.around = around;
        this.tally = tally;
    }

    @Override
    public Sighting look() {
        List<InetSocketAddress> servers =
                settings.servers().isEmpty() ? around.servers().get() : settings.servers();
        DnsClient client = new DnsClient(servers, settings.timeoutSeconds() * 1000, around.random(), around.ticker());
        asked = client;
        if (closed) {
            client.close();
        }
        List<String> errors = new ArrayList<>();
        long seconds = settings.refreshSeconds();
        for (String name : settings.names()) {
            DnsLookup lookup = new DnsLookup(client, MAX_QUESTIONS, around.ticker());
            try {
                known.put(name, DnsSettings.isService(name) ? service(lookup, name, errors)
                        : host(lookup, name, errors));
            } catch (IOException e) {
                errors.add(e.getMessage());
            }
            seconds = Math.min(seconds, lookup.ttlSeconds());
        }
        List<Candidate> all = InTurns.of(settings.names().stream().map(name -> known.getOrDefault(name, List.of()))
                .toList());
        return new Sighting(all, List.of(), String.join("; ", errors), Math.max(LEAST_SECONDS, seconds));
    }

    /** But for names over TLS where the rules changed: those judged the addresses of their hosts. */
    @Override
    public void follow(Source before) {
        if (before instanceof DnsSource dns) {
            boolean sameRules = dns.settings.rules().equals(settings.rules());
            known.putAll(dns.known);
            knownTargets.putAll(dns.knownTargets);
            Predicate<String> strange = name -> !settings.names().contains(name) || !sameRules && isOverTls(name);
            known.keySet().removeIf(strange);
            knownTargets.keySet().removeIf(strange);
        }
    }

    @Override
    public long refreshSeconds() {
        return settings.refreshSeconds();
    }

    /** Else a look at servers that are away would hold up the next settings, and outlive the bundle. */
    @Override
    public void close() {
        closed = true;
        DnsClient client = asked;
        if (client != null) {
            client.close();
        }
    }

    private List<Candidate> service(DnsLookup lookup, String text, List<String> errors) throws IOException {
        Name service = name(text);
        List<SRVRecord> targets = new ArrayList<>(lookup.find(service, Type.SRV, SRVRecord.class));
        if (targets.isEmpty()) {
            return List.of();
        }
        if (!DnsTexts.of(lookup.find(service, Type.TXT, TXTRecord.class)).belongsTo(around.network())) {
            tally.count(FindingRefusal.OTHER_NETWORK, targets.size());
            return List.of();
        }
        // Lower priorities first, then greater weights (RFC 2782).
        targets.sort(Comparator.comparingInt(SRVRecord::getPriority).thenComparing(SRVRecord::getWeight,
                Comparator.reverseOrder()));
        tally.count(FindingRefusal.TOO_MANY, Math.max(0, targets.size() - MAX_TARGETS));
        Map<SRVRecord, List<Candidate>> before = knownTargets.getOrDefault(text, Map.of());
        Map<SRVRecord, List<Candidate>> now = new HashMap<>();
        List<String> failures = new ArrayList<>();
        List<Candidate> found = new ArrayList<>();
        for (SRVRecord target : targets.subList(0, Math.min(MAX_TARGETS, targets.size()))) {
            boolean room = found.size() < PeerDiscovery.MAX_ADDRESSES;
            if (room && target.getPort() > 0 && !target.getTarget().equals(Name.root)) {
                List<Candidate> led = before.getOrDefault(target, List.of());
                try {
                    led = isOverTls(text) ? overTls(lookup, target.getTarget(), target.getPort(), failures)
                            : plain(lookup, target.getTarget(), target.getPort(), led, failures);
                } catch (IOException e) {
                    // One host whose names do not work must not hide the others.
                    failures.add(e.getMessage());
                }
                now.put(target, led);
                found.addAll(led);
            }
        }
        knownTargets.put(text, now);
        if (!failures.isEmpty()) {
            errors.add(failures.get(0) + (failures.size() == 1 ? "" : " (and " + (failures.size() - 1)
                    + " more targets of " + text + ')'));
        }
        return found;
    }

    private static boolean isOverTls(String service) {
        return service.regionMatches(true, 0, WSS_SERVICE, 0, WSS_SERVICE.length());
    }

    private List<Candidate> host(DnsLookup lookup, String text, List<String> errors) throws IOException {
        PeerAddress host = PeerAddress.parse(text);
        return plain(lookup, name(host.host()), host.port(), known.getOrDefault(text, List.of()), errors);
    }

    /** Some servers fail at all that they are asked of IPv6: the addresses of IPv4 will do, and those known before. */
    private List<Candidate> plain(DnsLookup lookup, Name target, int port, List<Candidate> before,
            List<String> failures) throws IOException {
        Host host = lookUp(lookup, target);
        List<Candidate> kept = host.failure.isEmpty() ? List.of()
                : before.stream().filter(each -> each.address().host().indexOf(':') >= 0).toList();
        Optional<PeerId> pin = host.ips.isEmpty() ? Optional.empty() : texts(lookup, target).pin(tally);
        host.failure.ifPresent(failures::add);
        return pin == null ? List.of() : Stream.concat(host.ips.stream()
                .map(ip -> new Candidate(PeerAddress.tcp(ip.getHostAddress(), port), pin)), kept.stream())
                .limit(PeerDiscovery.MAX_ADDRESSES).toList();
    }

    /**
     * The name is kept, since the certificate is for it; what it stands for now is checked all the same. A name without
     * an address is not told: the system could know it otherwise, for a machine of this site.
     */
    private List<Candidate> overTls(DnsLookup lookup, Name target, int port, List<String> failures)
            throws IOException {
        Host host = lookUp(lookup, target);
        for (InetAddress ip : host.ips) {
            Optional<FindingRefusal> refusal = settings.rules().refusal(ip);
            if (refusal.isPresent()) {
                tally.count(refusal.get());
                return List.of();
            }
        }
        DnsTexts texts = texts(lookup, target);
        Optional<PeerId> pin = texts.pin(tally);
        host.failure.ifPresent(failures::add);
        String name = target.toString(true);
        if (!DnsSettings.isHostName(name)) {
            tally.count(FindingRefusal.BAD_TEXT);
            return List.of();
        }
        return pin == null || host.ips.isEmpty() ? List.of()
                : List.of(new Candidate(new PeerAddress(WSS, name, port, texts.path()), pin));
    }

    /**
     * What a name stands for.
     *
     * @param failure why nothing is known of IPv6, if some address of IPv4 is
     */
    private record Host(Set<InetAddress> ips, Optional<String> failure) {
    }

    private static Host lookUp(DnsLookup lookup, Name name) throws IOException {
        Set<InetAddress> ips = new LinkedHashSet<>(v4(lookup, name));
        try {
            ips.addAll(v6(lookup, name));
            return new Host(ips, Optional.empty());
        } catch (IOException e) {
            if (ips.isEmpty()) {
                throw e;
            }
            return new Host(ips, Optional.of(e.getMessage()));
        }
    }

    private static DnsTexts texts(DnsLookup lookup, Name name) throws IOException {
        return DnsTexts.of(lookup.find(name, Type.TXT, TXTRecord.class));
    }

    private static List<InetAddress> v4(DnsLookup lookup, Name name) throws IOException {
        return lookup.find(name, Type.A, ARecord.class).stream().map(ARecord::getAddress).toList();
    }

    private static List<InetAddress> v6(DnsLookup lookup, Name name) throws IOException {
        return lookup.find(name, Type.AAAA, AAAARecord.class).stream().map(AAAARecord::getAddress).toList();
    }

    private static Name name(String text) throws TextParseException {
        return Name.fromString(text, Name.root);
    }
}
