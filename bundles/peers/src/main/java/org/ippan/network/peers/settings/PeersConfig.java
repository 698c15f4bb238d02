// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.settings;

import org.ippan.network.api.settings.Applies;
import org.ippan.network.api.settings.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What an operator may write about peers. */
@ObjectClassDefinition(id = "org.ippan.network.peers.PeersConfig", name = "ippan-network peers",
        description = "Whom this node knows, whom it dials and whom it lets in.")
public @interface PeersConfig {
    String PID = "org.ippan.network.peers";

    String NETWORK_ID = "Name of the network. Only nodes with the same name connect to each other. No secret. While it"
            + " is invalid the node neither listens nor dials.";
    String NETWORK_KEY = "Secret that every node of the network must know, at least 16 bytes; fewer are accepted, and"
            + " warned of, only while the node listens on loopback only. Take a random one, for"
            + " example from openssl rand -hex 32. Left out: any node that knows the network's name may connect. It is"
            + " never shown. While it is invalid, also while it is empty, the node neither listens nor dials.";
    String SECOND_KEY = "Secret that is accepted beside networkKey, so that a network gets another key without an"
            + " outage. First every node gets the new key here, then each gets it as networkKey and the old one here,"
            + " then it is left out again. This node proves networkKey to peers that it dials, and to peers that dial"
            + " it the key they proved. The rules of networkKey hold. Left out: only networkKey is accepted.";
    String MODE = "Who may connect: open lets everyone in, allowlist only the peers of the key allow, also for"
            + " connections that are there already; it needs TLS. While it is invalid the node neither listens nor"
            + " dials.";
    String ALLOW = "Ids of the peers that may connect in mode allowlist. Removing one closes its connection. While it"
            + " is invalid the node neither listens nor dials.";
    String SEEDS = "Peers that are always dialled, as host:port or host:port#peerId; with an id, only that peer is"
            + " accepted there. More seeds: the network is found even if some are down.";
    String OUTBOUND_TARGET = "How many connections this node keeps up by dialling peers it knows. Higher: harder to"
            + " isolate, at more traffic. Lower: less traffic. 0: only configured peers are dialled.";
    String MAX_CONNECTIONS = "Most connections with peers that are not configured. Higher: more memory and traffic."
            + " Lower: newcomers are turned away sooner.";
    String MAX_INBOUND = "Most connections opened by peers that are not configured. Higher: newcomers find room. Lower:"
            + " strangers can fill less of the table.";
    String MAX_PER_ADDRESS = "Most connections with one IPv4 address or IPv6 /64. Higher: more peers behind one router."
            + " Lower: one host can take fewer places.";
    String MAX_PER_SUBNET = "Most connections with one IPv4 /24 or IPv6 /48. Higher: more peers of one provider. Lower:"
            + " one owner of many addresses can take fewer places.";
    String EXEMPT_NETS = "Networks whose addresses are not counted and never blocked for failed handshakes, as many"
            + " peers may share one address there. More: less protection from hosts there. Empty: every address"
            + " counts.";
    String FAILURES = "Handshakes from one IPv4 address or IPv6 /64 that may fail within a minute; with more, peers"
            + " whose handshake failed there are heard once a minute only. Few connections a second are then let in"
            + " from there. Higher: nodes with an old key disturb each other less. Lower: keys are guessed more"
            + " slowly.";
    String FAILURE_BLOCK = "How long an address stays blocked after too many failed handshakes. Higher: guessing is"
            + " slower. Lower: peers whose key was corrected are let in sooner.";
    String BACKOFF_MIN = "Longest wait after the first failed dial; it doubles with each further one, and the real wait"
            + " is a random part of it. Higher: fewer dials in vain. Lower: quicker return.";
    String BACKOFF_MAX = "Longest wait between two dials of an address. Higher: fewer dials in vain. Lower: a peer that"
            + " was away long is back sooner.";
    String EXCHANGE = "Whether this node asks its peers for addresses of others and tells them those it knows. true:"
            + " the whole network is found from one peer. false: only configured peers, and those that connect by"
            + " themselves, are known, and no peer learns from this node whom it knows.";
    String ADVERTISE = "Addresses peers are told this node is at, at most 4, as host:port or wss://host:port/path."
            + " Empty: the address it listens at, or none where that stands for all addresses, like 0.0.0.0.";
    String MAX_BOOK = "How many addresses of other peers are remembered, over restarts too. Higher: more chances to"
            + " find the network again. Lower: less memory and a smaller file.";
    String AGENT = "What this node calls itself to its peers, at most 64 printable ASCII characters. Empty: nothing is"
            + " told.";

    @AttributeDefinition(name = "Network name", description = NETWORK_ID)
    @Setting(text = NETWORK_ID, applies = Applies.NEW, failClosed = true)
    String networkId() default "default";

    @AttributeDefinition(name = "Network key", description = NETWORK_KEY, type = AttributeType.PASSWORD)
    @Setting(text = NETWORK_KEY, applies = Applies.NEW, secret = true, failClosed = true)
    String networkKey() default "";

    @AttributeDefinition(name = "Second network key", description = SECOND_KEY, type = AttributeType.PASSWORD)
    @Setting(text = SECOND_KEY, applies = Applies.NEW, secret = true)
    String secondNetworkKey() default "";

    @AttributeDefinition(name = "Mode", description = MODE,
            options = {@Option(label = "open", value = "open"), @Option(label = "allowlist", value = "allowlist")})
    @Setting(text = MODE, failClosed = true)
    String mode() default "open";

    @AttributeDefinition(name = "Allowed peers", description = ALLOW)
    @Setting(text = ALLOW, failClosed = true)
    String[] allow() default {};

    @AttributeDefinition(name = "Seeds", description = SEEDS)
    @Setting(text = SEEDS)
    String[] seeds() default {};

    @AttributeDefinition(name = "Outbound target (connections)", description = OUTBOUND_TARGET, min = "0", max = "1000")
    @Setting(text = OUTBOUND_TARGET, unit = "connections", min = "0", max = "1000")
    int outboundTarget() default 8;

    @AttributeDefinition(name = "Most connections", description = MAX_CONNECTIONS, min = "1", max = "10000")
    @Setting(text = MAX_CONNECTIONS, unit = "connections", min = "1", max = "10000")
    int maxConnections() default 100;

    @AttributeDefinition(name = "Most inbound connections", description = MAX_INBOUND, min = "0", max = "10000")
    @Setting(text = MAX_INBOUND, unit = "connections", min = "0", max = "10000")
    int maxInbound() default 64;

    @AttributeDefinition(name = "Most connections per address", description = MAX_PER_ADDRESS, min = "1", max = "10000")
    @Setting(text = MAX_PER_ADDRESS, unit = "connections", min = "1", max = "10000")
    int maxPerAddress() default 4;

    @AttributeDefinition(name = "Most connections per subnet", description = MAX_PER_SUBNET, min = "1", max = "10000")
    @Setting(text = MAX_PER_SUBNET, unit = "connections", min = "1", max = "10000")
    int maxPerSubnet() default 16;

    @AttributeDefinition(name = "Exempt networks", description = EXEMPT_NETS)
    @Setting(text = EXEMPT_NETS)
    String[] exemptNets() default {"127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",
        "100.64.0.0/10", "fc00::/7", "fe80::/10"};

    @AttributeDefinition(name = "Forgiven failed handshakes (handshakes/min)", description = FAILURES, min = "0",
            max = "10000")
    @Setting(text = FAILURES, unit = "handshakes/min", min = "0", max = "10000")
    int failuresPerMinute() default 10;

    @AttributeDefinition(name = "Block after failed handshakes (seconds)", description = FAILURE_BLOCK, min = "1",
            max = "86400")
    @Setting(text = FAILURE_BLOCK, unit = "seconds", min = "1", max = "86400")
    int failureBlockSeconds() default 600;

    @AttributeDefinition(name = "Least back-off (seconds)", description = BACKOFF_MIN, min = "1", max = "3600")
    @Setting(text = BACKOFF_MIN, unit = "seconds", min = "1", max = "3600")
    int backoffMinSeconds() default 1;

    @AttributeDefinition(name = "Greatest back-off (seconds)", description = BACKOFF_MAX, min = "1", max = "86400")
    @Setting(text = BACKOFF_MAX, unit = "seconds", min = "1", max = "86400")
    int backoffMaxSeconds() default 60;

    @AttributeDefinition(name = "Peer exchange", description = EXCHANGE)
    @Setting(text = EXCHANGE, guards = true)
    boolean exchange() default true;

    @AttributeDefinition(name = "Advertised addresses", description = ADVERTISE)
    @Setting(text = ADVERTISE)
    String[] advertise() default {};

    @AttributeDefinition(name = "Address book (addresses)", description = MAX_BOOK, min = "0", max = "100000")
    @Setting(text = MAX_BOOK, unit = "addresses", min = "0", max = "100000")
    int maxBook() default 2000;

    @AttributeDefinition(name = "Agent", description = AGENT)
    @Setting(text = AGENT, applies = Applies.NEW)
    String agent() default "ippan-network/1.0";
}
