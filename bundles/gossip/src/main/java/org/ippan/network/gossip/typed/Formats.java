// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.typed;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.ippan.network.api.Topic;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.callback.Ranked;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.typed.PayloadException;
import org.ippan.network.api.typed.PayloadFormat;
import org.ippan.network.api.typed.PayloadFormats;

/**
 * The formats that are registered, the most important first. One that cannot say what it is for costs no other its
 * objects. Safe for any thread.
 */
final class Formats implements PayloadFormats {

    private final CallbackFaults faults;
    private final Ranked<Known<?>> ranked = new Ranked<>();
    private volatile List<Known<?>> all = List.of();

    /** A format with what it said when it came: it is asked once. */
    private record Known<T>(PayloadFormat<T> format, Class<T> type) {

        static <T> Known<T> of(PayloadFormat<T> format) {
            return new Known<>(format, Objects.requireNonNull(format.type(), "no type"));
        }
    }

    Formats(CallbackFaults faults) {
        this.faults = faults;
    }

    void add(PayloadFormat<?> format, Map<String, ?> properties) {
        Object id = Ranked.id(format, properties);
        Subject subject = subject(format, id);
        faults.forget(subject);
        try {
            ranked.put(id, Known.of(format), properties, this::set);
        } catch (Throwable e) {
            // The application's mistake, whatever it is.
            faults.lasting(subject, CallbackProblem.DISMISSED, e);
            ranked.remove(id, this::set);
        }
    }

    private void set(List<Known<?>> now) {
        all = now;
    }

    void remove(PayloadFormat<?> format, Map<String, ?> properties) {
        Object id = Ranked.id(format, properties);
        faults.forget(subject(format, id));
        ranked.remove(id, this::set);
    }

    private static Subject subject(PayloadFormat<?> format, Object id) {
        return new Subject(CallbackKind.FORMAT, format.getClass().getName(), "", id);
    }

    boolean knows(Class<?> type) {
        return find(type).isPresent();
    }

    @SuppressWarnings("unchecked")
    private <T> Optional<PayloadFormat<T>> find(Class<T> type) {
        return all.stream().filter(known -> known.type() == type).map(known -> (PayloadFormat<T>) known.format())
                .findFirst();
    }

    private <T> PayloadFormat<T> get(Class<T> type) {
        return find(type).orElseThrow(() -> new PayloadException("there is no format for " + type.getName()
                + "; register a PayloadFormat of this class as a service", null));
    }

    @Override
    public Message message(Topic topic, Object value) {
        return Message.of(topic, encode(value.getClass(), value));
    }

    private <T> byte[] encode(Class<T> type, Object value) {
        PayloadFormat<T> format = get(type);
        return call(() -> format.encode(type.cast(value)), "a " + type.getName() + " cannot be encoded by ", format);
    }

    @Override
    public <T> T value(Class<T> type, ReceivedMessage message) {
        PayloadFormat<T> format = get(type);
        return call(() -> format.decode(message.payload()), "message " + message.id() + " of topic " + message.topic()
                + " cannot be decoded as " + type.getName() + " by ", format);
    }

    private static <R> R call(Supplier<R> body, String failure, PayloadFormat<?> format) {
        R result;
        try {
            result = body.get();
        } catch (Exception e) {
            // Not all languages have formats declare what they throw.
            throw new PayloadException(failure + format.getClass().getName() + ": " + e.getMessage(), e);
        } catch (StackOverflowError | LinkageError e) {
            // A payload nested too deeply is no such object; a class that is missing is none for any payload.
            throw new PayloadException(failure + format.getClass().getName() + ": " + e, e);
        }
        if (result == null) {
            throw new PayloadException(failure + format.getClass().getName() + ": it returned null", null);
        }
        return result;
    }
}
