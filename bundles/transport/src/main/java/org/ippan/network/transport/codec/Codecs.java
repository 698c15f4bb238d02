// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.codec;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackFaults.Call;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.callback.Ranked;
import org.ippan.network.api.codec.PayloadCodec;
import org.ippan.network.api.codec.PayloadCodecs;
import org.ippan.network.api.peers.ProtocolException;

/**
 * The codecs there are: deflate, and what comes and goes. Decides what is worth compressing. Of several codecs of one
 * number that of the highest ranking is used, or the oldest; one that throws is used no more. Safe for any thread; only
 * coming and going take the lock.
 */
public final class Codecs implements PayloadCodecs {

    /** Most times longer than its compressed form a payload may be: peers take more for an attack. */
    private static final int MAX_RATIO = 100;

    private final IntSupplier minBytes;
    private final CodecCounters counters;
    private final CallbackFaults faults;
    private final Ranked<Known> known = new Ranked<>();
    /** By number; null where there is none. */
    private volatile Known[] used = {};

    /** A codec as it registered; what it says of itself is asked once. */
    private record Known(Object id, Subject subject, int number, String name, WorkerPool pool) {
    }

    /**
     * Deflate only.
     *
     * @param minBytes shortest payload that is compressed, 0 for none
     * @param counters of the transport
     * @param faults is told of codecs that fail
     */
    public Codecs(IntSupplier minBytes, CodecCounters counters, CallbackFaults faults) {
        this.minBytes = minBytes;
        this.counters = counters;
        this.faults = faults;
        put(new DeflateCodec(), Map.of());
    }

    /** A codec came, or has another ranking. One that the protocol has no number for is refused. */
    public synchronized void put(PayloadCodec codec, Map<String, ?> properties) {
        Object id = Ranked.id(codec, properties);
        Subject subject = new Subject(CallbackKind.CODEC, codec.getClass().getName(), "", id);
        Known before = known.get(id);
        try {
            Known now = before != null ? before
                    : new Known(id, subject, codec.number(), codec.name(), new WorkerPool(codec));
            if (now.number() < PayloadCodec.DEFLATE || now.number() > PayloadCodec.ZSTD) {
                faults.lasting(subject, CallbackProblem.REFUSED, "number = " + now.number() + ": must be "
                        + PayloadCodec.DEFLATE + " (deflate) or " + PayloadCodec.ZSTD + " (zstd)", null);
                return;
            }
            known.put(id, now, properties);
            faults.forget(subject);
            faults.misspelt(subject, properties);
            choose();
        } catch (RuntimeException | Error e) {
            faults.lasting(subject, CallbackProblem.DISMISSED, e.toString(), e);
        }
    }

    /** The codec of this registration has gone. */
    public synchronized void remove(PayloadCodec codec, Map<String, ?> properties) {
        Object id = Ranked.id(codec, properties);
        faults.forget(new Subject(CallbackKind.CODEC, codec.getClass().getName(), "", id));
        remove(id);
    }

    private synchronized void remove(Object id) {
        Known gone = known.get(id);
        known.remove(id);
        choose();
        if (gone != null) {
            gone.pool().close();
        }
    }

    private void choose() {
        Known[] chosen = new Known[PayloadCodec.ZSTD + 1];
        for (Known each : known.all()) {
            chosen[each.number()] = chosen[each.number()] == null ? each : chosen[each.number()];
        }
        used = chosen;
    }

    private Stream<Known> inUse() {
        return Stream.of(used).filter(each -> each != null);
    }

    /** What operators read. */
    public String names() {
        return inUse().map(Known::name).collect(Collectors.joining(", "));
    }

    @Override
    public int codecs() {
        return inUse().mapToInt(each -> 1 << each.number() - 1).sum();
    }

    private Known known(int codec) {
        Known[] current = used;
        return codec < current.length ? current[codec] : null;
    }

    @Override
    public byte[] compress(int codec, byte[] raw) {
        int shortest = minBytes.getAsInt();
        Known pool = known(codec);
        if (pool == null || shortest == 0 || raw.length < shortest) {
            return null;
        }
        byte[] packed = Noise.is(raw) ? null : compress(pool, raw);
        if (packed == null || raw.length > MAX_RATIO * (long) packed.length) {
            counters.incompressible.increment();
            return null;
        }
        counters.compressed.increment();
        counters.savedBytes.add(raw.length - packed.length);
        return packed;
    }

    private byte[] compress(Known pool, byte[] raw) {
        Call call = faults.begin(pool.subject());
        try {
            return pool.pool().compress(raw, raw.length - (raw.length + 9) / 10);
        } catch (RuntimeException | Error e) {
            failed(pool, e);
            return null;
        } finally {
            call.end();
        }
    }

    @Override
    public boolean inflate(int codec, ByteBuffer packed, byte[] raw) throws ProtocolException {
        Known pool = known(codec);
        if (pool == null) {
            return false;
        }
        boolean whole;
        Call call = faults.begin(pool.subject());
        try {
            whole = pool.pool().inflate(packed, raw);
        } catch (RuntimeException | Error e) {
            failed(pool, e);
            return false;
        } finally {
            call.end();
        }
        if (!whole) {
            counters.inflateFailures.increment();
            throw new ProtocolException("a compressed message that is not one whole of its length");
        }
        counters.inflated.increment();
        return true;
    }

    /** A codec's own mistake, or its bundle was taken from under it. */
    private void failed(Known codec, Throwable failure) {
        faults.lasting(codec.subject(), CallbackProblem.DISMISSED, failure.toString(), failure);
        remove(codec.id());
    }

    public void close() {
        inUse().forEach(each -> each.pool().close());
    }
}
