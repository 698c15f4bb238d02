// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.settings;

import org.ippan.network.api.HeapShare;
import org.ippan.network.api.ListenAddress;
import org.ippan.network.api.settings.SettingError;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.settings.SettingsSchema;

/**
 * What the transport may rely on.
 *
 * @param listen where to listen
 * @param tls whether connections are encrypted and authenticated
 * @param allowPlaintext whether plaintext may be offered to other machines
 * @param ioThreads threads, 0 for automatic
 * @param handshakeTimeoutSeconds the whole handshake
 * @param sockets of new connections
 * @param accept limits of what is let in
 * @param writeStallSeconds without progress, until a peer is given up
 * @param inbound rates of what a peer sends
 * @param shaping rates of what is sent
 * @param compressionMinBytes shortest payload that is compressed, 0 for none
 */
public record TransportSettings(ListenAddress listen, boolean tls, boolean allowPlaintext, int ioThreads,
        int handshakeTimeoutSeconds, Sockets sockets, Accept accept, int writeStallSeconds, Inbound inbound,
        Shaping shaping, int compressionMinBytes) {

    public static final SettingsSchema SCHEMA = SettingsSchema.of(TransportConfig.PID, TransportConfig.class);

    /** Each handshake takes some memory: with little there are fewer. */
    private static final int BYTES_OF_A_HANDSHAKE = 40 * 1024;
    private static final int LEAST_PENDING = 8;
    static final int DEFAULT_PENDING = 256;
    /** Bytes a second; with less, one message would hold up the others for minutes. */
    private static final long LEAST_RATE = 1024;

    static final String PLAINTEXT_RULE = "true where tls=false is offered to other machines: "
            + "switch TLS on, listen on a loopback address, or say that you mean it";

    /**
     * Of one socket.
     *
     * @param connectTimeoutSeconds looking up and connecting
     * @param bufferBytes of the kernel, each way; 0 for what the system takes
     */
    public record Sockets(int connectTimeoutSeconds, int bufferBytes) {
    }

    /**
     * Limits of what is let in.
     *
     * @param maxPending unfinished handshakes in all
     * @param maxPendingPerAddress unfinished handshakes from one address
     * @param perSecond accepted connections
     */
    public record Accept(int maxPending, int maxPendingPerAddress, int perSecond) {
    }

    /**
     * Rates of what one peer may send.
     *
     * @param messagesPerSecond messages, 0 for any number
     * @param bytesPerSecond bytes of messages with their headers, 0 for any number
     * @param controlFramesPerSecond other frames
     */
    public record Inbound(long messagesPerSecond, long bytesPerSecond, long controlFramesPerSecond) {
    }

    /**
     * Rates of what is sent.
     *
     * @param bytesPerSecond over all connections, 0 for any number
     * @param burstBytes at once after a rest, 0 for a tenth of a second's worth
     * @param peerBytesPerSecond over one connection, 0 for any number
     */
    public record Shaping(long bytesPerSecond, long burstBytes, long peerBytesPerSecond) {
    }

    public TransportSettings {
        if (!tls && !allowPlaintext && !listen.loopback()) {
            throw SettingError.across("allowPlaintext", false, PLAINTEXT_RULE, "tls", "listenAddress");
        }
    }

    /** The settings for these values; where one is refused, a harmless one takes its place. */
    public static TransportSettings of(SettingValues values) {
        return of(values, Runtime.getRuntime().maxMemory());
    }

    /** The same with a heap of this size. */
    static TransportSettings of(SettingValues values, long heapBytes) {
        ListenAddress listen = values.getListenAddress("listenAddress");
        boolean tls = values.getBoolean("tls");
        boolean allowPlaintext = values.getBoolean("allowPlaintext");
        if (!tls && !allowPlaintext && !listen.loopback()) {
            values.refuse("allowPlaintext", PLAINTEXT_RULE);
            tls = true;
        }
        values.need("outboundBurstBytes", "outboundBytesPerSecond");
        return new TransportSettings(listen, tls, allowPlaintext, values.getInt("ioThreads"),
                values.getInt("handshakeTimeoutSeconds"),
                new Sockets(values.getInt("connectTimeoutSeconds"), values.getInt("socketBufferBytes")),
                new Accept(pending(values, heapBytes),
                        values.getInt("maxPendingPerAddress"), values.getInt("acceptPerSecond")),
                values.getInt("writeStallSeconds"),
                new Inbound(values.getLong("inboundMessagesPerSecond"), rate(values, "inboundBytesPerSecond"),
                        values.getLong("controlFramesPerSecond")),
                new Shaping(rate(values, "outboundBytesPerSecond"), values.getLong("outboundBurstBytes"),
                        rate(values, "peerOutboundBytesPerSecond")),
                values.getInt("compressionMinBytes"));
    }

    /** Says so where more are wanted than the heap has room for; of the default the documents do. */
    private static int pending(SettingValues values, long heapBytes) {
        int wanted = values.getInt("maxPendingHandshakes");
        int most = (int) Math.max(LEAST_PENDING, HeapShare.HANDSHAKES.of(heapBytes) / BYTES_OF_A_HANDSHAKE);
        if (wanted > most && wanted != DEFAULT_PENDING) {
            values.advise("maxPendingHandshakes", "the heap has room for " + most + " handshakes, so that no more than"
                    + " these are pending", "lower it, or give the JVM a larger heap (-Xmx)");
        }
        return Math.min(wanted, most);
    }

    private static long rate(SettingValues values, String key) {
        long rate = values.getLong(key);
        if (rate > 0 && rate < LEAST_RATE) {
            values.refuse(key, "0 for no limit, or at least " + LEAST_RATE);
            return 0;
        }
        return rate;
    }
}
