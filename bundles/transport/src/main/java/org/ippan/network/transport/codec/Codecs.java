// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.codec.PayloadCodec;
import org.ippan.network.api.codec.PayloadCodecs;
import org.ippan.network.api.peers.ProtocolException;

/**
 * The codecs there are: deflate, and what comes and goes. Decides what is worth compressing. Of several codecs of one
 * number the first that came is used; one that throws is used no more. Safe for any thread; only coming and going take
 * the lock.
 */
public final class Codecs implements PayloadCodecs {

    /** Most times longer than its compressed form a payload may be: peers take more for an attack. */
    private static final int MAX_RATIO = 100;

    private final IntSupplier minBytes;
    private final CodecCounters counters;
    private final Consumer<String> log;
    private final List<WorkerPool> known = new ArrayList<>();
    /** By number; null where there is none. */
    private volatile WorkerPool[] used = {};

    /**
     * Deflate only.
     *
     * @param minBytes shortest payload that is compressed, 0 for none
     * @param counters of the transport
     * @param log takes warnings for the operator
     */
    public Codecs(IntSupplier minBytes, CodecCounters counters, Consumer<String> log) {
        this.minBytes = minBytes;
        this.counters = counters;
        this.log = log;
        add(new DeflateCodec());
    }

    public synchronized void add(PayloadCodec codec) {
        if (codec.number() < PayloadCodec.DEFLATE || codec.number() > PayloadCodec.ZSTD) {
            log.accept("Codec " + codec.name() + " is not used: the protocol has no codec " + codec.number());
            return;
        }
        known.add(new WorkerPool(codec));
        choose();
    }

    public synchronized void remove(PayloadCodec codec) {
        List<WorkerPool> gone = known.stream().filter(pool -> pool.codec() == codec).toList();
        known.removeAll(gone);
        choose();
        gone.forEach(WorkerPool::close);
    }

    private void choose() {
        WorkerPool[] chosen = new WorkerPool[PayloadCodec.ZSTD + 1];
        for (WorkerPool pool : known) {
            int number = pool.codec().number();
            chosen[number] = chosen[number] == null ? pool : chosen[number];
        }
        used = chosen;
    }

    private Stream<WorkerPool> inUse() {
        return Stream.of(used).filter(pool -> pool != null);
    }

    /** What operators read. */
    public String names() {
        return inUse().map(pool -> pool.codec().name()).collect(Collectors.joining(", "));
    }

    @Override
    public int codecs() {
        return inUse().mapToInt(pool -> 1 << pool.codec().number() - 1).sum();
    }

    private WorkerPool pool(int codec) {
        WorkerPool[] current = used;
        return codec < current.length ? current[codec] : null;
    }

    @Override
    public byte[] compress(int codec, byte[] raw) {
        int shortest = minBytes.getAsInt();
        WorkerPool pool = pool(codec);
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

    private byte[] compress(WorkerPool pool, byte[] raw) {
        try {
            return pool.compress(raw, raw.length - (raw.length + 9) / 10);
        } catch (RuntimeException | LinkageError e) {
            failed(pool, e);
            return null;
        }
    }

    @Override
    public boolean inflate(int codec, ByteBuffer packed, byte[] raw) throws ProtocolException {
        WorkerPool pool = pool(codec);
        if (pool == null) {
            return false;
        }
        boolean whole;
        try {
            whole = pool.inflate(packed, raw);
        } catch (RuntimeException | LinkageError e) {
            failed(pool, e);
            return false;
        }
        if (!whole) {
            counters.inflateFailures.increment();
            throw new ProtocolException("a compressed message that is not one whole of its length");
        }
        counters.inflated.increment();
        return true;
    }

    /** A codec's own mistake, or its bundle was taken from under it. */
    private void failed(WorkerPool pool, Throwable failure) {
        log.accept("Codec " + pool.codec().name() + " failed and is used no more: " + failure);
        remove(pool.codec());
    }

    public void close() {
        inUse().forEach(WorkerPool::close);
    }
}
