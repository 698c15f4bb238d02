// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.transport.ConnectionAcceptor;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.transport.endpoint.Names;
import org.ippan.network.transport.identity.Identity;
import org.ippan.network.transport.io.IoThreads;
import org.ippan.network.transport.io.OperatorLog;
import org.ippan.network.transport.settings.TransportSettings;
import org.ippan.network.transport.websocket.WebSocketSettings;

/** A transport on an ephemeral port of loopback, with all it accepts. */
class TestNode implements ConnectionAcceptor, AutoCloseable {

    private static final long WAIT_SECONDS = 15;

    final List<String> log = new CopyOnWriteArrayList<>();
    /** Addresses of names, where a test does not want those of the machine. */
    final Map<String, List<String>> hosts = new ConcurrentHashMap<>();
    final List<String> lookedUp = new CopyOnWriteArrayList<>();
    /** Addresses that came, and those that must not come in. */
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<String> unwanted = new CopyOnWriteArrayList<>();
    final BlockingQueue<Recorder> accepted = new LinkedBlockingQueue<>();
    final Identity identity = Identity.create();
    final List<String> good = new CopyOnWriteArrayList<>();
    final NettyTransport transport;
    private final Map<String, Object> raw = new HashMap<>();
    private volatile boolean admitting = true;

    /** A node with changed settings: key, value, key, value. */
    TestNode(Object... changes) {
        raw.put("listenAddress", "127.0.0.1:0");
        raw.put("ioThreads", 1);
        for (int i = 0; i < changes.length; i += 2) {
            raw.put((String) changes[i], changes[i + 1]);
        }
        IoThreads io = new IoThreads(1);
        transport = new NettyTransport(io, new Names(io.blocking(), this::resolve), identity, settings(),
                Ticker.system(), new OperatorLog(Ticker.system(), log::add, good::add),
                new CallbackFaults(Ticker.system(), (line, trace) -> log.add(line)));
    }

    private InetAddress[] resolve(String host) throws UnknownHostException {
        lookedUp.add(host);
        List<String> ips = hosts.get(host);
        if (ips == null) {
            return InetAddress.getAllByName(host);
        }
        InetAddress[] found = new InetAddress[ips.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = InetAddress.getByName(ips.get(i));
        }
        return found;
    }

    private TransportSettings settings() {
        return TransportSettings.of(TransportSettings.SCHEMA.parse(raw));
    }

    void change(String key, Object value) {
        raw.put(key, value);
        transport.apply(settings());
    }

    /** Uses WebSocket, with changed settings: key, value, key, value. */
    void webSocket(Object... changes) {
        Map<String, Object> webSocket = new HashMap<>(Map.of("enabled", true));
        for (int i = 0; i < changes.length; i += 2) {
            webSocket.put((String) changes[i], changes[i + 1]);
        }
        SettingValues values = WebSocketSettings.SCHEMA.parse(webSocket);
        WebSocketSettings wanted = WebSocketSettings.of(values);
        if (!values.errors().isEmpty()) {
            throw new IllegalArgumentException(values.errors().toString());
        }
        transport.apply(wanted);
    }

    /** Where it accepts WebSocket connections, once it does, as an address of that scheme. */
    PeerAddress webSocketAddress(String scheme) {
        await(() -> !transport.webSockets().snapshot().boundAddress().isEmpty(), "the listener");
        PeerAddress bound = PeerAddress.parse(transport.webSockets().snapshot().boundAddress());
        return new PeerAddress(scheme, bound.host(), bound.port(), "/ippan");
    }

    void admitting(boolean on) {
        admitting = on;
    }

    Transport.Listening listen() {
        return transport.listen(this);
    }

    /** Where it listens, once it does. */
    PeerAddress address() {
        await(() -> transport.listenAddress().isPresent(), "the listener");
        return transport.listenAddress().orElseThrow();
    }

    Recorder dial(PeerAddress address) {
        Recorder recorder = new Recorder();
        transport.connect(address, recorder);
        return recorder;
    }

    Recorder nextAccepted() throws InterruptedException {
        Recorder recorder = accepted.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (recorder == null) {
            throw new AssertionError("nothing was accepted");
        }
        return recorder;
    }

    @Override
    public boolean admits(InetAddress remote) {
        asked.add(remote.getHostAddress());
        return admitting && !unwanted.contains(remote.getHostAddress());
    }

    @Override
    public ConnectionHandler newHandler() {
        Recorder recorder = new Recorder();
        prepare(recorder);
        accepted.add(recorder);
        return recorder;
    }

    /** What a test wants of the owners of accepted connections. */
    void prepare(Recorder recorder) {
        // nothing special
    }

    @Override
    public void close() {
        transport.stop();
    }

    /** Waits, bounded, for what other threads bring about. */
    static void await(BooleanSupplier condition, String what) {
        await(condition, () -> what);
    }

    /** The same, with what is told in vain only at the end. */
    static void await(BooleanSupplier condition, Supplier<String> what) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what.get());
            }
            Thread.onSpinWait();
            Thread.yield();
        }
    }
}
