// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.settings;

import org.ippan.network.api.settings.Applies;
import org.ippan.network.api.settings.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may set of the transport. */
@ObjectClassDefinition(id = "org.ippan.network.transport.TransportConfig", name = "ippan-network transport",
        description = "Connections: where the node listens, TLS, handshakes, sockets, rates.")
public @interface TransportConfig {

    String PID = "org.ippan.network.transport";

    String LISTEN_ADDRESS = "Where the node accepts connections: host:port, or host:from-to to take the first free "
            + "port of a range; port 0 takes any free one. A loopback address is reached from this machine only, "
            + "0.0.0.0 or [::] from everywhere.";
    String TLS = "Whether connections are encrypted and peers prove who they are. Switched off, a peer's id is only "
            + "claimed and everybody on the way reads and changes what is sent: for tests on one machine. Invalid: the "
            + "node neither listens nor dials until it is corrected.";
    String ALLOW_PLAINTEXT = "Whether tls=false is accepted for an address other machines reach. True for a network "
            + "that is protected by other means; false refuses such a configuration. Invalid: the node neither listens "
            + "nor dials until it is corrected.";
    String IO_THREADS = "Threads that read, write, encrypt and hash; 0 takes one per processor, at most 4. More: many "
            + "busy connections share the work, at a stack and buffers each. Fewer: less memory, one busy connection "
            + "delays the others on its thread.";
    String CONNECT_TIMEOUT = "How long looking up a name and connecting may take, in seconds; the addresses of a "
            + "name are tried one after the other and share it, each with at least 1 s. Higher: far or slow peers are "
            + "reached. Lower: dead addresses are given up sooner.";
    String HANDSHAKE_TIMEOUT = "How long the whole handshake may take from accept or connect, in seconds. Higher: slow "
            + "machines get in, and silent strangers hold a place longer. Lower: the opposite.";
    String MAX_PENDING = "Accepted connections whose handshake may be unfinished at once; for a further one the oldest "
            + "gives way. With little memory fewer: those of 3/64 of the heap beyond 32 MiB. Higher: bursts of honest "
            + "peers get in, at some 40 KiB each. Lower: less memory under attack.";
    String MAX_PENDING_PER_ADDRESS = "Accepted connections from one IP address whose handshake may be unfinished at "
            + "once; further ones are refused. Higher: many nodes behind one address start together. Lower: one "
            + "attacker holds fewer places.";
    String ACCEPT_PER_SECOND = "Connections accepted per second; further ones are closed at once. One address may use "
            + "a quarter at once and a sixteenth for long. Higher: a network that restarts comes together sooner. "
            + "Lower: floods of connections cost less processor time.";
    String SOCKET_BUFFER = "Send and receive buffer of the kernel per connection, in bytes, each; 0 takes what the "
            + "system takes, which grows with the line. Higher: more throughput on long or fast links, and urgent "
            + "messages wait longer behind what is in it. Lower: the opposite.";
    String WRITE_STALL = "After how long a peer that takes nothing of what is sent to it is given up, in seconds, if "
            + "nothing comes from it either. Higher: long pauses are forgiven. Lower: a dead peer is replaced sooner.";
    String COMPRESSION_MIN = "Shortest payload published here that is compressed, if it gets at least a tenth smaller; "
            + "0 compresses none. What peers send compressed is read in any case. Higher: less processor time. Lower: "
            + "fewer bytes on the wire.";

    String INBOUND_MESSAGES = "Messages read from one peer per second; 0 reads as many as come. Over it the "
            + "connection is not read for a moment, which slows the peer and costs it nothing else. Higher: bursts "
            + "pass unhindered. Lower: one peer can use less of this node. For networks of strangers: 5000.";
    String INBOUND_BYTES = "Bytes of messages read from one peer per second, headers included; 0 reads as many as "
            + "come, else at least 1024. Over it the connection is not read for a moment, which slows the peer and "
            + "costs it nothing else. Higher: bursts pass unhindered. Lower: one peer can use less of this node. For "
            + "networks of strangers: 33554432.";
    String CONTROL_FRAMES = "Frames other than messages heeded from one peer per second; further ones are counted and "
            + "ignored, and a peer that is over it for 30 seconds on end loses points and is sent away. Higher: large "
            + "bursts of announcements are heeded. Lower: a flood of them costs less.";
    String OUTBOUND_BYTES = "Bytes sent to all peers together per second, headers included, encryption not; 0 sends "
            + "as fast as the peers take it, else at least 1024. Control frames never wait, urgent messages go first. "
            + "Higher: more throughput. Lower: more is left to others on the same line.";
    String OUTBOUND_BURST = "Bytes that may be sent at once after a rest where outboundBytesPerSecond is set; 0 takes "
            + "a tenth of a second's worth. Higher: bursts leave at full speed. Lower: the rate is kept over shorter "
            + "times.";
    String PEER_OUTBOUND_BYTES = "Bytes sent to one peer per second, headers included, encryption not; 0 sends as "
            + "fast as the peer takes it, else at least 1024. Higher: more throughput for each. Lower: peers share "
            + "the line more evenly.";

    @AttributeDefinition(name = "Listen address", description = LISTEN_ADDRESS)
    @Setting(text = LISTEN_ADDRESS, applies = Applies.REBIND)
    String listenAddress() default "127.0.0.1:9700";

    @AttributeDefinition(name = "TLS", description = TLS)
    @Setting(text = TLS, applies = Applies.REBIND, failClosed = true)
    boolean tls() default true;

    @AttributeDefinition(name = "Allow plaintext", description = ALLOW_PLAINTEXT)
    @Setting(text = ALLOW_PLAINTEXT, failClosed = true)
    boolean allowPlaintext() default false;

    @AttributeDefinition(name = "I/O threads", description = IO_THREADS, min = "0", max = "64")
    @Setting(text = IO_THREADS, unit = "threads", min = "0", max = "64", applies = Applies.RESTART)
    int ioThreads() default 0;

    @AttributeDefinition(name = "Connect timeout (seconds)", description = CONNECT_TIMEOUT, min = "1", max = "120")
    @Setting(text = CONNECT_TIMEOUT, unit = "seconds", min = "1", max = "120", applies = Applies.NEW)
    int connectTimeoutSeconds() default 5;

    @AttributeDefinition(name = "Handshake timeout (seconds)", description = HANDSHAKE_TIMEOUT, min = "1", max = "120")
    @Setting(text = HANDSHAKE_TIMEOUT, unit = "seconds", min = "1", max = "120", applies = Applies.NEW)
    int handshakeTimeoutSeconds() default 5;

    @AttributeDefinition(name = "Pending handshakes", description = MAX_PENDING, min = "1", max = "65536")
    @Setting(text = MAX_PENDING, unit = "connections", min = "1", max = "65536")
    int maxPendingHandshakes() default TransportSettings.DEFAULT_PENDING;

    @AttributeDefinition(name = "Pending handshakes per address", description = MAX_PENDING_PER_ADDRESS, min = "1",
            max = "65536")
    @Setting(text = MAX_PENDING_PER_ADDRESS, unit = "connections", min = "1", max = "65536")
    int maxPendingPerAddress() default 8;

    @AttributeDefinition(name = "Accepted connections per second", description = ACCEPT_PER_SECOND, min = "1",
            max = "1000000")
    @Setting(text = ACCEPT_PER_SECOND, unit = "connections/s", min = "1", max = "1000000")
    int acceptPerSecond() default 256;

    @AttributeDefinition(name = "Socket buffers (bytes)", description = SOCKET_BUFFER, min = "0", max = "16777216")
    @Setting(text = SOCKET_BUFFER, unit = "bytes", min = "0", max = "16777216", applies = Applies.NEW)
    int socketBufferBytes() default 262_144;

    @AttributeDefinition(name = "Write stall (seconds)", description = WRITE_STALL, min = "1", max = "3600")
    @Setting(text = WRITE_STALL, unit = "seconds", min = "1", max = "3600")
    int writeStallSeconds() default 10;

    @AttributeDefinition(name = "Compression from (bytes)", description = COMPRESSION_MIN, min = "0", max = "16777216")
    @Setting(text = COMPRESSION_MIN, unit = "bytes", min = "0", max = "16777216")
    int compressionMinBytes() default 1024;

    @AttributeDefinition(name = "Inbound messages per second", description = INBOUND_MESSAGES, min = "0",
            max = "10000000")
    @Setting(text = INBOUND_MESSAGES, unit = "messages/s", min = "0", max = "10000000", guards = true)
    long inboundMessagesPerSecond() default 0;

    @AttributeDefinition(name = "Inbound bytes per second", description = INBOUND_BYTES, min = "0", max = "10000000000")
    @Setting(text = INBOUND_BYTES, unit = "bytes/s", min = "0", max = "10000000000", guards = true)
    long inboundBytesPerSecond() default 0;

    @AttributeDefinition(name = "Control frames per second", description = CONTROL_FRAMES, min = "100",
            max = "10000000")
    @Setting(text = CONTROL_FRAMES, unit = "frames/s", min = "100", max = "10000000")
    long controlFramesPerSecond() default 5_000;

    @AttributeDefinition(name = "Outbound bytes per second", description = OUTBOUND_BYTES, min = "0",
            max = "10000000000")
    @Setting(text = OUTBOUND_BYTES, unit = "bytes/s", min = "0", max = "10000000000")
    long outboundBytesPerSecond() default 0;

    @AttributeDefinition(name = "Outbound burst (bytes)", description = OUTBOUND_BURST, min = "0", max = "1073741824")
    @Setting(text = OUTBOUND_BURST, unit = "bytes", min = "0", max = "1073741824")
    long outboundBurstBytes() default 0;

    @AttributeDefinition(name = "Outbound bytes per peer and second", description = PEER_OUTBOUND_BYTES, min = "0",
            max = "10000000000")
    @Setting(text = PEER_OUTBOUND_BYTES, unit = "bytes/s", min = "0", max = "10000000000")
    long peerOutboundBytesPerSecond() default 0;
}
