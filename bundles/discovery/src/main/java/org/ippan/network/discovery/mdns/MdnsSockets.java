// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.mdns;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.Causes;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.discovery.FindingRefusal;
import org.ippan.network.discovery.search.RefusalCounts;

/**
 * A socket for each interface (IPv4), which hears only what is sent there, by hosts of its network, from the port of
 * the protocol. No more than 200 packets of theirs a second are looked at, whatever is sent. Sending is safe for any
 * thread; packets are handed over on the thread of the executor.
 */
final class MdnsSockets {

    static final int MAX_PACKETS_A_SECOND = 200;
    private static final int MAX_BYTES = 9000;
    private static final int TTL = 255;
    private static final int V4_BITS = 32;

    private final InetSocketAddress group;
    private final Selector selector;
    private final Map<NetworkInterface, DatagramChannel> channels = new LinkedHashMap<>();
    private final Executor thread;
    private final Ticker ticker;
    private final RefusalCounts tally;
    /** Which interfaces are left out, and why. */
    private final String unopened;
    private volatile String unsent = "";
    private volatile boolean deaf;
    private long second;
    private int packets;

    /** Opens them; an interface that cannot be used is left out and named. */
    MdnsSockets(InetSocketAddress group, List<NetworkInterface> interfaces, Executor thread, Ticker ticker,
            RefusalCounts tally)
            throws IOException {
        this.group = group;
        this.thread = thread;
        this.ticker = ticker;
        this.tally = tally;
        this.selector = Selector.open();
        List<String> wrong = new ArrayList<>();
        for (NetworkInterface one : interfaces) {
            try {
                channels.put(one, open(one));
            } catch (IOException e) {
                wrong.add("interface " + one.getName() + ": " + Causes.ofNetwork(e));
            }
        }
        if (channels.isEmpty()) {
            selector.close();
            throw new IOException(wrong.isEmpty() ? "no network interface can multicast; set interfaces"
                    : String.join("; ", wrong));
        }
        unopened = String.join("; ", wrong);
    }

    private DatagramChannel open(NetworkInterface on) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            // Responders of the system have the port too.
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, on);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, TTL);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            channel.bind(new InetSocketAddress(group.getPort()));
            channel.join(group.getAddress(), on);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, on);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e instanceof IOException io ? io : new IOException(Causes.ofNetwork(e), e);
        }
    }

    /** Whether it can hear nothing any more. */
    boolean isDeaf() {
        return deaf;
    }

    /** What could not be opened or sent, or empty. */
    String error() {
        return Stream.of(unopened, unsent).filter(text -> !text.isEmpty()).collect(Collectors.joining("; "));
    }

    /** Sends to the group over each interface what is made for its addresses, if anything is. */
    void send(Function<List<InetAddress>, Optional<byte[]>> message) {
        List<String> wrong = new ArrayList<>();
        channels.forEach((on, channel) -> message.apply(ips(on)).ifPresent(bytes -> {
            try {
                channel.send(ByteBuffer.wrap(bytes), group);
            } catch (IOException e) {
                wrong.add("interface " + on.getName() + ": " + Causes.ofNetwork(e));
            }
        }));
        unsent = String.join("; ", wrong);
    }

    private static List<InetAddress> ips(NetworkInterface on) {
        return on.getInterfaceAddresses().stream().map(InterfaceAddress::getAddress)
                .filter(Inet4Address.class::isInstance).toList();
    }

    /** Begins to hand over packets. */
    void receive(Consumer<byte[]> receiver) {
        thread.execute(() -> {
            ByteBuffer buffer = ByteBuffer.allocate(MAX_BYTES);
            try {
                while (selector.isOpen()) {
                    selector.select();
                    for (SelectionKey key : selector.selectedKeys()) {
                        receive((DatagramChannel) key.channel(), (NetworkInterface) key.attachment(), buffer, receiver);
                    }
                    selector.selectedKeys().clear();
                }
            } catch (ClosedSelectorException e) {
                // The search has ended.
                return;
            } catch (IOException e) {
                // Opened anew by the next look.
                deaf = true;
            }
        });
    }

    private void receive(DatagramChannel channel, NetworkInterface on, ByteBuffer buffer, Consumer<byte[]> receiver)
            throws IOException {
        buffer.clear();
        InetSocketAddress sender = channel.isOpen() ? (InetSocketAddress) channel.receive(buffer) : null;
        if (sender == null) {
            return;
        }
        // Strangers first: what neighbours may say in a second is not theirs to use up.
        if (sender.getPort() != group.getPort() || !isNeighbour(on, sender.getAddress()) || isTooMany()) {
            tally.count(FindingRefusal.PACKETS);
            return;
        }
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        try {
            receiver.accept(bytes);
        } catch (RuntimeException e) {
            // What was not foreseen in a packet must not end the hearing of all others.
            tally.count(FindingRefusal.PACKETS);
        }
    }

    private boolean isTooMany() {
        long now = ticker.nanos();
        if (now - second >= TimeUnit.SECONDS.toNanos(1)) {
            second = now;
            packets = 0;
        }
        packets++;
        return packets > MAX_PACKETS_A_SECOND;
    }

    private static boolean isNeighbour(NetworkInterface on, InetAddress sender) {
        return on.getInterfaceAddresses().stream().filter(own -> own.getAddress() instanceof Inet4Address)
                .anyMatch(own -> isSameNet(own.getAddress(), sender, own.getNetworkPrefixLength()));
    }

    static boolean isSameNet(InetAddress one, InetAddress other, int length) {
        int mask = length <= 0 ? 0 : -1 << V4_BITS - Math.min(V4_BITS, length);
        return other instanceof Inet4Address
                && ((ByteBuffer.wrap(one.getAddress()).getInt() ^ ByteBuffer.wrap(other.getAddress()).getInt())
                        & mask) == 0;
    }

    void close() {
        try {
            for (DatagramChannel channel : channels.values()) {
                channel.close();
            }
            selector.close();
        } catch (IOException e) {
            unsent = Causes.ofNetwork(e);
        }
    }
}
