// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.typed;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.ippan.network.api.Topic;
import org.ippan.network.api.callback.Ranked;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.typed.PayloadException;
import org.ippan.network.api.typed.PayloadFormat;
import org.ippan.network.api.typed.PayloadFormats;

/** The formats that are registered, the most important first. Safe for any thread. */
final class Formats implements PayloadFormats {

    private final Ranked<PayloadFormat<?>> ranked = new Ranked<>();
    private volatile List<PayloadFormat<?>> all = List.of();

    void add(PayloadFormat<?> format, Map<String, ?> properties) {
        all = ranked.put(Ranked.id(format, properties), format, properties);
    }

    void remove(PayloadFormat<?> format, Map<String, ?> properties) {
        all = ranked.remove(Ranked.id(format, properties));
    }

    boolean knows(Class<?> type) {
        return find(type).isPresent();
    }

    @SuppressWarnings("unchecked")
    private <T> Optional<PayloadFormat<T>> find(Class<T> type) {
        return all.stream().filter(format -> format.type() == type).map(format -> (PayloadFormat<T>) format)
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
        } catch (RuntimeException e) {
            throw new PayloadException(failure + format.getClass().getName() + ": " + e.getMessage(), e);
        }
        if (result == null) {
            throw new PayloadException(failure + format.getClass().getName() + ": it returned null", null);
        }
        return result;
    }
}
