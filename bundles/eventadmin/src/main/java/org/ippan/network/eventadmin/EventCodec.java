// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.eventadmin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Events as bytes: a version, the topic, then each property with its name, the shape of its value, its type and the
 * value. No class is named on the wire and none is loaded by it. Stateless.
 */
final class EventCodec {

    static final String TYPES = "strings, booleans, characters, numbers of Java's primitive types, arrays and lists of"
            + " one of these";

    private static final int VERSION = 1;
    private static final int NOTHING = 0;
    private static final int ONE = 1;
    private static final int ARRAY = 2;
    private static final int PRIMITIVES = 3;
    private static final int LIST = 4;

    private EventCodec() {
    }

    /**
     * The bytes of an event.
     *
     * @throws IllegalArgumentException if a property has another type; the message names it
     */
    static byte[] encode(RemoteEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            Scalar.writeText(out, event.topic());
            out.writeInt(event.properties().size());
            for (Map.Entry<String, Object> property : event.properties().entrySet()) {
                Scalar.writeText(out, property.getKey());
                write(out, property.getKey(), property.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, String name, Object value) throws IOException {
        if (value == null) {
            out.writeByte(NOTHING);
        } else if (value instanceof List<?> list) {
            Object[] items = list.toArray();
            write(out, LIST, name, items, items.length == 0 || items[0] == null ? String.class : items[0].getClass());
        } else if (value.getClass().isArray()) {
            Class<?> type = value.getClass().getComponentType();
            write(out, type.isPrimitive() ? PRIMITIVES : ARRAY, name, value, type);
        } else {
            Scalar type = type(name, value.getClass());
            out.writeByte(ONE);
            out.writeByte(type.ordinal());
            type.write(out, value);
        }
    }

    private static void write(DataOutputStream out, int shape, String name, Object items, Class<?> of)
            throws IOException {
        Scalar type = type(name, of);
        int length = Array.getLength(items);
        out.writeByte(shape);
        out.writeByte(type.ordinal());
        out.writeInt(length);
        for (int i = 0; i < length; i++) {
            Object item = Array.get(items, i);
            if (item == null || item.getClass() != type.type) {
                throw new IllegalArgumentException("property " + name + " holds "
                        + (item == null ? "null" : "a " + item.getClass().getName()) + " beside values of "
                        + type.type.getName() + "; carried are " + TYPES);
            }
            type.write(out, item);
        }
    }

    private static Scalar type(String name, Class<?> type) {
        return Scalar.of(type).orElseThrow(() -> new IllegalArgumentException("property " + name + " has the type "
                + type.getName() + "; carried are " + TYPES));
    }

    /**
     * The event that a message is.
     *
     * @throws IllegalArgumentException if it is none
     */
    static RemoteEvent decode(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IllegalArgumentException("its version is " + version + ", this node knows " + VERSION);
            }
            String topic = Scalar.readText(in);
            int count = readCount(in);
            Map<String, Object> properties = new HashMap<>();
            for (int i = 0; i < count; i++) {
                properties.put(Scalar.readText(in), read(in));
            }
            if (in.available() > 0 || properties.size() != count) {
                throw new IllegalArgumentException("it has bytes too many, or a property twice");
            }
            return new RemoteEvent(topic, properties);
        } catch (EOFException e) {
            throw new IllegalArgumentException("it is too short", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object read(DataInputStream in) throws IOException {
        int shape = in.readUnsignedByte();
        if (shape == NOTHING) {
            return null;
        }
        int number = in.readUnsignedByte();
        if (shape > LIST || number >= Scalar.values().length) {
            throw new IllegalArgumentException("it has a value of the unknown shape " + shape + " or type " + number);
        }
        Scalar type = Scalar.values()[number];
        if (shape == ONE) {
            return type.read(in);
        }
        if (shape == PRIMITIVES && type.primitive == null) {
            throw new IllegalArgumentException("it has primitive texts");
        }
        int length = readCount(in);
        Object items = Array.newInstance(shape == PRIMITIVES ? type.primitive : type.type, length);
        for (int i = 0; i < length; i++) {
            Array.set(items, i, type.read(in));
        }
        return shape == LIST ? new ArrayList<>(List.of((Object[]) items)) : items;
    }

    /** A count of things that take a byte each at least: there cannot be more than bytes left. */
    static int readCount(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > in.available()) {
            throw new IllegalArgumentException("it promises " + count + " more where " + in.available()
                    + " bytes are left");
        }
        return count;
    }
}
