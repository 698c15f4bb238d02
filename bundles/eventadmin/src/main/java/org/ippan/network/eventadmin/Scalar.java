// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.eventadmin;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The types of single values, in the order of their numbers on the wire. */
enum Scalar {
    TEXT(String.class, null, Scalar::writeText, Scalar::readText),
    BOOLEAN(Boolean.class, boolean.class, (out, value) -> out.writeBoolean((Boolean) value),
            DataInputStream::readBoolean),
    BYTE(Byte.class, byte.class, (out, value) -> out.writeByte((Byte) value), DataInputStream::readByte),
    SHORT(Short.class, short.class, (out, value) -> out.writeShort((Short) value), DataInputStream::readShort),
    CHARACTER(Character.class, char.class, (out, value) -> out.writeChar((Character) value),
            DataInputStream::readChar),
    INTEGER(Integer.class, int.class, (out, value) -> out.writeInt((Integer) value), DataInputStream::readInt),
    LONG(Long.class, long.class, (out, value) -> out.writeLong((Long) value), DataInputStream::readLong),
    FLOAT(Float.class, float.class, (out, value) -> out.writeFloat((Float) value), DataInputStream::readFloat),
    DOUBLE(Double.class, double.class, (out, value) -> out.writeDouble((Double) value), DataInputStream::readDouble);

    /** The type of single values. */
    final Class<?> type;
    /** The same as a primitive, or null. */
    final Class<?> primitive;
    private final Writer writer;
    private final Reader reader;

    @FunctionalInterface
    private interface Writer {

        void write(DataOutputStream out, Object value) throws IOException;
    }

    @FunctionalInterface
    private interface Reader {

        Object read(DataInputStream in) throws IOException;
    }

    Scalar(Class<?> type, Class<?> primitive, Writer writer, Reader reader) {
        this.type = type;
        this.primitive = primitive;
        this.writer = writer;
        this.reader = reader;
    }

    static Optional<Scalar> of(Class<?> type) {
        return Arrays.stream(values()).filter(each -> each.type == type || each.primitive == type).findFirst();
    }

    void write(DataOutputStream out, Object value) throws IOException {
        writer.write(out, value);
    }

    Object read(DataInputStream in) throws IOException {
        return reader.read(in);
    }

    static void writeText(DataOutputStream out, Object text) throws IOException {
        byte[] bytes = ((String) text).getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String readText(DataInputStream in) throws IOException {
        int length = EventCodec.readCount(in);
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
