// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.mdns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.discovery.FindingRefusal;
import org.ippan.network.discovery.dns.DnsTexts;
import org.ippan.network.discovery.search.Candidate;
import org.ippan.network.discovery.search.Network;
import org.ippan.network.discovery.search.RefusalCounts;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TXTRecord;

/**
 * What the local network says of our service, and nothing else: instances, and the hosts they are on. Bounded, so that
 * a flood costs no memory; a record goes when its time to live has passed. Safe for any thread.
 */
final class MdnsCache {

    static final int MAX_NAMES = 100;
    private static final int MAX_IPS = 8;
    /** No record is believed for longer, whatever it says. */
    private static final long MAX_TTL_SECONDS = 4500;
    /** A record said to be gone stays for a second, so that another sender can save it (RFC 6762 §10.1). */
    private static final long GOODBYE_SECONDS = 1;

    private final Ticker ticker;
    private final Network network;
    private final RefusalCounts tally;
    private final Map<Name, Instance> instances = new LinkedHashMap<>();
    private final Map<Name, Map<InetAddress, Long>> hosts = new LinkedHashMap<>();

    /** One announced service. */
    private static final class Instance {

        private long until;
        private SRVRecord where;
        private DnsTexts texts;
        /** Null if it cannot be read. */
        private Optional<PeerId> pin;

        private Instance copy() {
            Instance copy = new Instance();
            copy.until = until;
            copy.where = where;
            copy.texts = texts;
            copy.pin = pin;
            return copy;
        }
    }

    MdnsCache(Ticker ticker, Network network, RefusalCounts tally) {
        this.ticker = ticker;
        this.network = network;
        this.tally = tally;
    }

    /** Takes over what another one knows, of which this one then is a copy. */
    synchronized void follow(MdnsCache before) {
        synchronized (before) {
            before.instances.forEach((name, instance) -> instances.put(name, instance.copy()));
            before.hosts.forEach((name, ips) -> hosts.put(name, new LinkedHashMap<>(ips)));
        }
    }

    /** Takes what is about our service from an answer; records may come in any order and in different packets. */
    synchronized void take(List<Record> records) {
        expire();
        for (Record record : records) {
            if (record instanceof PTRRecord pointer && pointer.getName().equals(MdnsMessages.SERVICE)
                    && pointer.getTarget().subdomain(MdnsMessages.SERVICE)) {
                pointer(pointer);
            }
        }
        for (Record record : records) {
            Instance instance = instances.get(record.getName());
            if (instance != null && record instanceof SRVRecord where) {
                instance.where = where;
            } else if (instance != null && record instanceof TXTRecord texts) {
                instance.texts = DnsTexts.of(List.of(texts));
                instance.pin = instance.texts.pin(tally);
            }
        }
        for (Record record : records) {
            if (record instanceof ARecord ip) {
                host(record, ip.getAddress());
            } else if (record instanceof AAAARecord ip) {
                host(record, ip.getAddress());
            }
        }
    }

    private void pointer(PTRRecord pointer) {
        Instance known = instances.get(pointer.getTarget());
        if (known == null && pointer.getTTL() > 0) {
            if (instances.size() >= MAX_NAMES) {
                tally.count(FindingRefusal.TOO_MANY);
                return;
            }
            known = new Instance();
            instances.put(pointer.getTarget(), known);
        }
        if (known != null) {
            known.until = until(pointer);
        }
    }

    /** Addresses are kept only for hosts that an instance is on. */
    private void host(Record record, InetAddress ip) {
        Name name = record.getName();
        boolean wanted = instances.values().stream()
                .anyMatch(instance -> instance.where != null && instance.where.getTarget().equals(name));
        if (!wanted || hosts.size() >= MAX_NAMES && !hosts.containsKey(name)) {
            return;
        }
        Map<InetAddress, Long> ips = hosts.computeIfAbsent(name, key -> new LinkedHashMap<>());
        if (ips.size() < MAX_IPS || ips.containsKey(ip)) {
            ips.put(ip, until(record));
        } else {
            tally.count(FindingRefusal.TOO_MANY);
        }
    }

    private long until(Record record) {
        long seconds = record.getTTL() == 0 ? GOODBYE_SECONDS : Math.min(MAX_TTL_SECONDS, record.getTTL());
        return ticker.nanos() + TimeUnit.SECONDS.toNanos(seconds);
    }

    private void expire() {
        long now = ticker.nanos();
        instances.values().removeIf(instance -> now - instance.until >= 0);
        hosts.values().forEach(ips -> ips.values().removeIf(until -> now - until >= 0));
        hosts.values().removeIf(Map::isEmpty);
    }

    /** What is known in full: an instance, its host, the addresses of that. */
    synchronized List<Candidate> candidates() {
        expire();
        List<Candidate> found = new ArrayList<>();
        for (Instance instance : instances.values()) {
            // Some responders announce the texts, and with them the network, only in their second answer.
            if (instance.where != null && instance.texts != null && instance.where.getPort() > 0
                    && instance.texts.belongsTo(network)) {
                add(found, instance);
            }
        }
        return found;
    }

    private void add(List<Candidate> found, Instance instance) {
        if (instance.pin != null) {
            hosts.getOrDefault(instance.where.getTarget(), Map.of()).keySet().forEach(ip -> found.add(
                    new Candidate(PeerAddress.tcp(ip.getHostAddress(), instance.where.getPort()), instance.pin)));
        }
    }

    synchronized int names() {
        return instances.size() + hosts.size();
    }
}
