// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.settings;

import org.ippan.network.api.gossip.Overflow;
import org.ippan.network.api.gossip.RelayMode;
import org.ippan.network.api.gossip.Signatures;
import org.ippan.network.api.settings.Applies;
import org.ippan.network.api.settings.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What an operator may set. */
@ObjectClassDefinition(id = "org.ippan.network.gossip.GossipConfig", name = "ippan-network gossip",
        description = "How messages are relayed, announced, validated and delivered.")
public @interface GossipConfig {
    String PID = "org.ippan.network.gossip";

    String RELAY_MODE = "How messages travel: tree sends each body over the links of a spanning tree that forms by "
            + "itself and announces it over the others. Flood sends it to every connected peer, which passes it on. "
            + "Direct sends it to every connected peer and no further. Tree sends each body about once to each node, "
            + "flood once over each link but sooner, and direct reaches only peers of the publisher.";
    String PRUNE_AFTER = "In tree mode, how many messages that were known already a peer has to bring before "
            + "cycles among the links are looked for, one of whose links then announces instead of sending. Higher: "
            + "more messages come twice before that. Lower: probes run for less.";
    String GRAFT_COOLDOWN = "In tree mode, how long after one link was taken into the tree the next may be; what is "
            + "missing meanwhile is just asked for. Higher: fewer messages come twice. Lower: the tree heals sooner.";
    String FLOOD_MAX_PEERS = "In tree mode, up to how many connected peers are all sent bodies: with so few links a "
            + "tree saves nothing. Higher: small clusters lose no time when a peer fails. Lower: less traffic.";
    String ANNOUNCE_MILLIS = "Mean time between announcements of messages that were not sent to a peer at once; each "
            + "pause is 50 to 150 % of it. Lower: gaps are repaired sooner. Higher: fewer, fuller frames.";
    String ANNOUNCE_FANOUT = "Most peers that are sent announcements at a time; with more, a random choice is made. "
            + "Higher: repair reaches everyone sooner. Lower: less traffic.";
    String MAX_MESSAGE_BYTES = "Longest payload taken from applications, and from peers over new connections. Higher: "
            + "larger messages pass, and one message may hold more memory at each step. Lower: less memory.";
    String MAX_AGE_SECONDS = "Messages under way for longer are ignored. Keep it at least 60 s below the "
            + "deduplicator's window, or old messages may be delivered again. Lower: slow paths lose messages.";
    String MAX_HOPS = "Messages that were relayed this often are delivered and not relayed further; those with more "
            + "are ignored. Lower: distant nodes miss messages. 64 is the protocol's own limit.";
    String CACHE_SECONDS = "How long messages stay in the logs for peers that ask for them. Higher: longer absences "
            + "are healed, at the cost of memory. Lower: peers that were away for longer than this miss messages.";
    String CACHE_BYTES = "Most bytes of messages in the logs, for links that send them on and for peers that ask for "
            + "them; the oldest leave first. The limits at which publishers wait and links are not read follow from "
            + "it. 0: 64 MiB or an eighth of the heap beyond 32 MiB, whichever is less. Higher: more is healed at high "
            + "rates, and slow links hold others up later. Lower: less memory.";
    String VALIDATION_MESSAGES = "How many messages may wait for each validator, and for all full listeners together; "
            + "each link may use a quarter. Links that bring more are not read until there is room; messages for a "
            + "slow validator are ignored. Higher: bursts pass unhindered. Lower: less memory.";
    String VALIDATION_BYTES = "How many bytes of messages may wait for all validators, which have equal parts, and as "
            + "many for full listeners; each link may use a quarter. Links that bring more are not read until there is "
            + "room; messages for a slow validator are ignored. 0: 16 MiB or 1/32 of the heap beyond 32 MiB, "
            + "whichever is less. Higher: bursts pass unhindered. Lower: less memory.";
    String VALIDATOR_THREADS = "How many messages each validator judges at once, and one more of a topic of which it "
            + "judges none. 0: as many as there are processors. Higher: validators that wait for something hold up "
            + "less. Lower: fewer threads.";
    String VALIDATOR_TIMEOUT = "A validator that takes longer for a message is interrupted and has said IGNORE. "
            + "Higher: slow validators still count. Lower: one that hangs ignores fewer messages.";
    String LISTENER_QUEUE = "How many messages wait for a listener that states no ippan.queue of its own. Higher: "
            + "longer pauses of a listener are bridged, at the cost of memory. Lower: its overflow rule acts sooner.";
    String LISTENER_OVERFLOW = "What happens when the queue of a listener that states no ippan.overflow is full: block "
            + "loses nothing and slows the senders; drop-oldest and drop-newest lose messages and slow no sender.";
    String PUBLISH_DELAY = "How long messages of this node may wait for the slowest link that keeps up, once more "
            + "than 1 MiB of them waits, before publishers get BACKPRESSURE. Beyond a quarter of cacheBytes they get "
            + "it in any case. 0: as soon as more than 1 MiB waits. Higher: links of long delay are used better, and "
            + "messages arrive later. Lower: publishers wait sooner.";
    String MIN_PEERS = "How many peers' sockets must have taken a message before publishAsync completes. Higher: a "
            + "message is safer when its publisher is told. Lower: it is told sooner.";

    String ANNOUNCED = "Ids of messages that one peer may announce per second, and as many at once; further ones are"
            + " counted and ignored. Higher: large networks after a pause are heard in full. Lower: a flood of"
            + " announcements costs less processor time.";
    String WANTED = "Ids of messages that one peer may ask for per second, and as many at once; further ones are"
            + " counted and ignored. A node asks for 15000 a second at most. Higher: peers that were away catch up"
            + " sooner. Lower: one peer can use less of this node, but below 15000 honest requests are lost.";
    String GRAFTS = "Requests to be sent bodies that one peer may make per second, and as many at once; further ones"
            + " are counted and ignored. Higher: the tree heals sooner after many changes at once. Lower: a peer can"
            + " change it less often.";
    String DIGEST = "Least time between two digests of all that is in the logs for one link; a link that comes up gets"
            + " one at once. Higher: links that come and go cost less. Lower: peers learn sooner what they missed.";
    String MAX_HUNG = "Calls of one validator that may hang, each keeping a thread for ever, until it is asked nothing"
            + " more and its messages are ignored; of one topic, two. Higher: a validator that hangs at times lives"
            + " longer. Lower: it costs fewer threads.";
    String SIGNATURES = "Whether messages carry their publisher's key, a time and a signature of both over the "
            + "id. off: none. sign: own messages carry one. require: those of others that carry none, "
            + "or one that is older than maxAgeSeconds, are ignored, and a wrong one costs its sender "
            + "points; so nothing is delivered that is played again. Use it with a networkKey or an "
            + "allow list, set it to sign on all nodes first, and keep their clocks right. Costs 104 "
            + "bytes and 1 to 2 ms of a processor for each message at each node.";

    @AttributeDefinition(name = "Relay mode", description = RELAY_MODE, defaultValue = "tree",
            options = {@Option(label = "tree", value = "tree"), @Option(label = "flood", value = "flood"),
                @Option(label = "direct", value = "direct")})
    @Setting(text = RELAY_MODE)
    RelayMode relayMode() default RelayMode.TREE;

    @AttributeDefinition(name = "Duplicates before a search", description = PRUNE_AFTER, min = "1", max = "1000000")
    @Setting(text = PRUNE_AFTER, unit = "messages", min = "1", max = "1000000")
    int pruneAfter() default 10;

    @AttributeDefinition(name = "Graft cooldown (ms)", description = GRAFT_COOLDOWN, min = "0", max = "60000")
    @Setting(text = GRAFT_COOLDOWN, unit = "milliseconds", min = "0", max = "60000")
    int graftCooldownMillis() default 1000;

    @AttributeDefinition(name = "Peers that are all sent bodies", description = FLOOD_MAX_PEERS, min = "0",
            max = "10000")
    @Setting(text = FLOOD_MAX_PEERS, unit = "peers", min = "0", max = "10000")
    int floodMaxPeers() default 3;

    @AttributeDefinition(name = "Announcement interval (ms)", description = ANNOUNCE_MILLIS, min = "10", max = "10000")
    @Setting(text = ANNOUNCE_MILLIS, unit = "milliseconds", min = "10", max = "10000")
    int announceMillis() default 100;

    @AttributeDefinition(name = "Announcement fan-out (peers)", description = ANNOUNCE_FANOUT, min = "1", max = "1000")
    @Setting(text = ANNOUNCE_FANOUT, unit = "peers", min = "1", max = "1000")
    int announceFanout() default 16;

    @AttributeDefinition(name = "Longest message (bytes)", description = MAX_MESSAGE_BYTES, min = "1024",
            max = "16777216")
    @Setting(text = MAX_MESSAGE_BYTES, unit = "bytes", min = "1024", max = "16777216", applies = Applies.NEW)
    int maxMessageBytes() default 1_048_576;

    @AttributeDefinition(name = "Oldest message (seconds)", description = MAX_AGE_SECONDS, min = "1", max = "86400")
    @Setting(text = MAX_AGE_SECONDS, unit = "seconds", min = "1", max = "86400")
    int maxAgeSeconds() default 240;

    @AttributeDefinition(name = "Most hops", description = MAX_HOPS, min = "1", max = "64")
    @Setting(text = MAX_HOPS, unit = "hops", min = "1", max = "64")
    int maxHops() default 64;

    @AttributeDefinition(name = "Body cache (seconds)", description = CACHE_SECONDS, min = "1", max = "3600")
    @Setting(text = CACHE_SECONDS, unit = "seconds", min = "1", max = "3600")
    int cacheSeconds() default 60;

    @AttributeDefinition(name = "Body cache (bytes)", description = CACHE_BYTES, min = "0", max = "17179869184")
    @Setting(text = CACHE_BYTES, unit = "bytes", min = "0", max = "17179869184")
    long cacheBytes() default 0;

    @AttributeDefinition(name = "Validation queue (messages)", description = VALIDATION_MESSAGES, min = "4",
            max = "1000000")
    @Setting(text = VALIDATION_MESSAGES, unit = "messages", min = "4", max = "1000000")
    int validationQueueMessages() default 1024;

    @AttributeDefinition(name = "Validation queue (bytes)", description = VALIDATION_BYTES, min = "0",
            max = "17179869184")
    @Setting(text = VALIDATION_BYTES, unit = "bytes", min = "0", max = "17179869184")
    long validationQueueBytes() default 0;

    @AttributeDefinition(name = "Validator threads", description = VALIDATOR_THREADS, min = "0", max = "256")
    @Setting(text = VALIDATOR_THREADS, unit = "threads", min = "0", max = "256")
    int validatorThreads() default 0;

    @AttributeDefinition(name = "Validator time-out (seconds)", description = VALIDATOR_TIMEOUT, min = "1",
            max = "3600")
    @Setting(text = VALIDATOR_TIMEOUT, unit = "seconds", min = "1", max = "3600")
    int validatorTimeoutSeconds() default 5;

    @AttributeDefinition(name = "Listener queue (messages)", description = LISTENER_QUEUE, min = "1", max = "1000000")
    @Setting(text = LISTENER_QUEUE, unit = "messages", min = "1", max = "1000000")
    int listenerQueue() default 1024;

    @AttributeDefinition(name = "Listener overflow", description = LISTENER_OVERFLOW, defaultValue = "block",
            options = {@Option(label = "block", value = "block"),
                @Option(label = "drop-oldest", value = "drop-oldest"),
                @Option(label = "drop-newest", value = "drop-newest")})
    @Setting(text = LISTENER_OVERFLOW)
    Overflow listenerOverflow() default Overflow.BLOCK;

    @AttributeDefinition(name = "Publish delay (ms)", description = PUBLISH_DELAY, min = "0", max = "10000")
    @Setting(text = PUBLISH_DELAY, unit = "milliseconds", min = "0", max = "10000")
    int publishDelayMillis() default 0;

    @AttributeDefinition(name = "Announced ids (ids/s)", description = ANNOUNCED, min = "1000", max = "10000000")
    @Setting(text = ANNOUNCED, unit = "ids/s", min = "1000", max = "10000000")
    int announcedPerSecond() default 200_000;

    @AttributeDefinition(name = "Wanted ids (ids/s)", description = WANTED, min = "1000", max = "10000000")
    @Setting(text = WANTED, unit = "ids/s", min = "1000", max = "10000000")
    int wantedPerSecond() default 20_000;

    @AttributeDefinition(name = "Grafts (frames/s)", description = GRAFTS, min = "1", max = "10000")
    @Setting(text = GRAFTS, unit = "frames/s", min = "1", max = "10000")
    int graftsPerSecond() default 20;

    @AttributeDefinition(name = "Digest pause (ms)", description = DIGEST, min = "100", max = "600000")
    @Setting(text = DIGEST, unit = "milliseconds", min = "100", max = "600000")
    int digestMillis() default 2000;

    @AttributeDefinition(name = "Most hung validator calls", description = MAX_HUNG, min = "1", max = "256")
    @Setting(text = MAX_HUNG, unit = "calls", min = "1", max = "256")
    int maxHungCalls() default 16;

    @AttributeDefinition(name = "Peers before completion", description = MIN_PEERS, min = "1", max = "1000")
    @Setting(text = MIN_PEERS, unit = "peers", min = "1", max = "1000")
    int minPeers() default 1;

    @AttributeDefinition(name = "Signatures", description = SIGNATURES, defaultValue = "off",
            options = {@Option(label = "off", value = "off"), @Option(label = "sign", value = "sign"),
                @Option(label = "require", value = "require")})
    @Setting(text = SIGNATURES, failClosed = true)
    Signatures signatures() default Signatures.OFF;
}
