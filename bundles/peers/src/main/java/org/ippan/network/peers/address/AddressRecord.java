// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.address;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.NodeIdentity;
import org.ippan.network.api.transport.NodeKeys;

/**
 * Where a peer says it may be reached, signed with its key so that others may pass it on, {@code docs/protocol.md} §8.
 *
 * @param bytes the record as it is passed on
 * @param id whose key it names, which {@link #isGenuine} must confirm
 * @param timeMillis when it was signed by its owner's clock, milliseconds since 1970; negative beyond 2⁶³
 * @param addresses the addresses as they are written
 */
public record AddressRecord(byte[] bytes, PeerId id, long timeMillis, List<String> addresses) {

    /** Most records in an answer. */
    public static final int MAX_ANSWER = 32;
    /** Most addresses in a record. */
    public static final int MAX_ADDRESSES = 4;
    /** Longest address, bytes. */
    static final int MAX_TEXT = 64;
    private static final int HEAD = NodeKeys.LENGTH + Long.BYTES + 1;
    private static final byte[] SIGNED_FOR = "ippan-addr/1".getBytes(StandardCharsets.US_ASCII);

    /** Signs a new record: 1 to 4 addresses of at most 64 bytes each. */
    public static AddressRecord sign(NodeIdentity identity, byte[] networkTag, long timeMillis,
            List<String> addresses) {
        ByteBuffer out = ByteBuffer.allocate(HEAD + MAX_ADDRESSES * (1 + MAX_TEXT) + NodeKeys.SIGNATURE_LENGTH);
        out.put(identity.publicKey()).putLong(timeMillis).put((byte) addresses.size());
        for (String address : addresses) {
            byte[] text = address.getBytes(StandardCharsets.US_ASCII);
            out.put((byte) text.length).put(text);
        }
        byte[] unsigned = Arrays.copyOf(out.array(), out.position());
        out.put(identity.sign(toSign(networkTag, unsigned)));
        return new AddressRecord(Arrays.copyOf(out.array(), out.position()), identity.id(), timeMillis,
                List.copyOf(addresses));
    }

    /** Reads one record; whether it is genuine is another question. */
    public static AddressRecord read(ByteBuffer in) throws ProtocolException {
        int start = in.position();
        require(in, HEAD);
        byte[] key = new byte[NodeKeys.LENGTH];
        in.get(key);
        long time = in.getLong();
        int count = in.get();
        if (count < 1 || count > MAX_ADDRESSES) {
            throw new ProtocolException("an address record has 1 to 4 addresses");
        }
        List<String> addresses = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            require(in, 1);
            int length = in.get();
            if (length < 1 || length > MAX_TEXT) {
                throw new ProtocolException("an address has 1 to 64 bytes");
            }
            require(in, length);
            byte[] text = new byte[length];
            in.get(text);
            addresses.add(new String(text, StandardCharsets.ISO_8859_1));
        }
        require(in, NodeKeys.SIGNATURE_LENGTH);
        byte[] bytes = new byte[in.position() + NodeKeys.SIGNATURE_LENGTH - start];
        in.get(start, bytes).position(start + bytes.length);
        return new AddressRecord(bytes, NodeKeys.idOf(key), time, List.copyOf(addresses));
    }

    private static void require(ByteBuffer in, int length) throws ProtocolException {
        if (in.remaining() < length) {
            throw new ProtocolException("an address record is cut short");
        }
    }

    /** Reads the body of a PEERS frame. */
    public static List<AddressRecord> readAnswer(ByteBuffer body) throws ProtocolException {
        require(body, 1);
        int count = body.get() & 0xFF;
        if (count > MAX_ANSWER) {
            throw new ProtocolException("PEERS has more than 32 records");
        }
        List<AddressRecord> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            records.add(read(body));
        }
        if (body.hasRemaining()) {
            throw new ProtocolException("PEERS is longer than its records");
        }
        return records;
    }

    /** The body of a PEERS frame with at most 32 records. */
    public static byte[] writeAnswer(List<AddressRecord> records) {
        ByteBuffer out = ByteBuffer.allocate(1 + records.stream().mapToInt(record -> record.bytes.length).sum());
        out.put((byte) records.size());
        records.forEach(record -> out.put(record.bytes));
        return out.array();
    }

    /** Whether the owner of its key signed it for this network. Costs about 0.1 ms. */
    public boolean isGenuine(byte[] networkTag) {
        int signed = bytes.length - NodeKeys.SIGNATURE_LENGTH;
        return NodeKeys.verify(Arrays.copyOf(bytes, NodeKeys.LENGTH), toSign(networkTag, Arrays.copyOf(bytes, signed)),
                Arrays.copyOfRange(bytes, signed, bytes.length));
    }

    private static byte[] toSign(byte[] networkTag, byte[] unsigned) {
        return ByteBuffer.allocate(SIGNED_FOR.length + networkTag.length + unsigned.length)
                .put(SIGNED_FOR).put(networkTag).put(unsigned).array();
    }
}
