// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.codec;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.callback.CallbackThreads;
import org.ippan.network.api.callback.Ranked;
import org.ippan.network.api.codec.PayloadCodec;
import org.ippan.network.api.codec.PayloadCodecs;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.transport.codec.CodecCalls.Call;

/**
 * The codecs there are: deflate, and what comes and goes. Decides what is worth compressing. Of several codecs of one
 * number that of the highest ranking is used, or the oldest; one that throws or hangs is used no more, until it goes.
 * Safe for any thread; only coming and going take the lock.
 */
public final class Codecs implements PayloadCodecs {

    /** Most times longer than its compressed form a payload may be: peers take more for an attack. */
    private static final int MAX_RATIO = 100;

    private final IntSupplier minBytes;
    private final CodecCounters counters;
    private final CallbackFaults faults;
    private final Ticker ticker;
    private final CodecWatch watch = new CodecWatch();
    private final Ranked<Known> known = new Ranked<>();
    /** Those that are used no more although they are registered, by the id of that. Guarded by this. */
    private final Map<Object, Known> dismissed = new HashMap<>();
    /** By number; null where there is none. */
    private volatile Known[] used = {};

    /**
     * A codec as it registered; what it says of itself is asked once. The calls of deflate are null: it returns, and is
     * called too often to be watched.
     */
    private record Known(Object id, Subject subject, int number, String name, WorkerPool pool, CodecCalls calls) {

        boolean isSlow() {
            return calls != null && calls.isSlow();
        }

        Call begin() {
            return calls == null ? null : calls.begin();
        }

        void end() {
            if (calls != null) {
                calls.end();
            }
        }
    }

    /**
     * Deflate only.
     *
     * @param minBytes shortest payload that is compressed, 0 for none
     * @param counters of the transport
     * @param ticker time
     * @param faults is told of codecs that fail
     */
    public Codecs(IntSupplier minBytes, CodecCounters counters, Ticker ticker, CallbackFaults faults) {
        this.minBytes = minBytes;
        this.counters = counters;
        this.ticker = ticker;
        this.faults = faults;
        PayloadCodec deflate = new DeflateCodec();
        Subject subject = Subject.of(CallbackKind.CODEC, deflate);
        known.put(subject.id(), new Known(subject.id(), subject, deflate.number(), deflate.name(),
                new WorkerPool(deflate), null), Map.of());
        choose();
    }

    /** A codec came, or has another ranking. One that the protocol has no number for is refused. */
    public void put(PayloadCodec codec, Map<String, ?> properties) {
        Object id = Ranked.id(codec, properties);
        Subject subject = subject(codec, id);
        Known before = known.get(id);
        try {
            // Without the lock: it may hang here too.
            Known now = before != null ? before : new Known(id, subject, codec.number(), codec.name(),
                    new WorkerPool(codec), new CodecCalls(subject, ticker, faults));
            if (now.number() < PayloadCodec.DEFLATE || now.number() > PayloadCodec.ZSTD) {
                faults.lasting(subject, CallbackProblem.REFUSED, "number = " + now.number() + ": must be "
                        + PayloadCodec.DEFLATE + " (deflate) or " + PayloadCodec.ZSTD + " (zstd)", null);
                return;
            }
            put(now, properties);
        } catch (Throwable e) {
            // The application's mistake, whatever it is.
            faults.lasting(subject, CallbackProblem.DISMISSED, e);
        }
    }

    private static Subject subject(PayloadCodec codec, Object id) {
        return new Subject(CallbackKind.CODEC, codec.getClass().getName(), "", id);
    }

    private synchronized void put(Known now, Map<String, ?> properties) {
        if (dismissed.containsKey(now.id())) {
            return;
        }
        known.put(now.id(), now, properties);
        faults.forget(now.subject());
        faults.misspelt(now.subject(), properties);
        watch.add(now.calls(), () -> dismiss(now));
        choose();
    }

    /** The codec of this registration has gone. */
    public void remove(PayloadCodec codec, Map<String, ?> properties) {
        Object id = Ranked.id(codec, properties);
        Known gone = take(id);
        if (gone == null) {
            faults.forget(subject(codec, id));
        } else {
            gone.calls().forget();
            if (!gone.pool().isClosed()) {
                end(gone);
            }
            faults.forget(gone.subject());
        }
    }

    /** Ends idle workers. Those of an application may throw or hang, which must not keep this bundle from stopping. */
    private void end(Known gone) {
        if (gone.calls() == null) {
            gone.pool().close();
            return;
        }
        CallbackThreads threads = new CallbackThreads("ippan-transport-codecs", 1);
        threads.execute(() -> faults.call(gone.subject(), gone.pool()::close));
        threads.stop();
        faults.stop(gone.subject());
    }

    private synchronized Known take(Object id) {
        Known gone = dismissed.remove(id);
        gone = gone == null ? known.get(id) : gone;
        drop(id);
        return gone;
    }

    private void drop(Object id) {
        known.remove(id);
        choose();
    }

    /** It throws or hangs: it is used no more. Its workers stay until it goes: ending them might hang, too. */
    private synchronized void dismiss(Known codec) {
        if (known.get(codec.id()) == codec) {
            dismissed.put(codec.id(), codec);
            drop(codec.id());
            codec.end();
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
        Known one = known(codec);
        if (one == null || shortest == 0 || raw.length < shortest || one.isSlow()) {
            return null;
        }
        byte[] packed = Noise.is(raw) ? null : compress(one, raw);
        if (packed == null || raw.length > MAX_RATIO * (long) packed.length) {
            counters.incompressible.increment();
            return null;
        }
        counters.compressed.increment();
        counters.savedBytes.add(raw.length - packed.length);
        return packed;
    }

    private byte[] compress(Known codec, byte[] raw) {
        Call call = codec.begin();
        byte[] packed = null;
        Throwable failure = null;
        try {
            packed = codec.pool().compress(raw, raw.length - (raw.length + 9) / 10);
        } catch (Throwable e) {
            failure = e;
        }
        return counts(codec, call, failure) ? packed : null;
    }

    @Override
    public boolean inflate(int codec, ByteBuffer packed, byte[] raw) throws ProtocolException {
        Known one = known(codec);
        if (one != null && one.isSlow()) {
            one.calls().awaitQuick();
            one = known(codec);
        }
        if (one == null) {
            return false;
        }
        Call call = one.begin();
        boolean whole = false;
        Throwable failure = null;
        try {
            whole = one.pool().inflate(packed, raw);
        } catch (Throwable e) {
            failure = e;
        }
        if (!counts(one, call, failure)) {
            return false;
        }
        if (!whole) {
            counters.inflateFailures.increment();
            throw new ProtocolException("a compressed message that is not one whole of its length");
        }
        counters.inflated.increment();
        return true;
    }

    /** A call is over. Whether its result counts: the mistakes of a codec are no peer's. */
    private boolean counts(Known codec, Call call, Throwable failure) {
        boolean inTime = call == null || call.end();
        if (inTime && failure != null) {
            // The application's mistake, whatever it is, or its bundle was taken from under it.
            failed(codec, failure);
        }
        return inTime && failure == null;
    }

    private synchronized void failed(Known codec, Throwable failure) {
        if (known.get(codec.id()) == codec) {
            faults.lasting(codec.subject(), CallbackProblem.DISMISSED, failure);
            dismiss(codec);
        }
    }

    public void close() {
        watch.stop();
        inUse().forEach(this::end);
    }
}
