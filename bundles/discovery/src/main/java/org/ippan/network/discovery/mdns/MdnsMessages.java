// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.mdns;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.ippan.network.api.PeerId;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** What this node says by multicast DNS. Stateless. */
final class MdnsMessages {

    static final Name SERVICE = Name.fromConstantString("_ippan._tcp.local.");
    private static final Name LOCAL = Name.fromConstantString("local.");
    static final long TTL_SECONDS = 120;
    private static final int INSTANCE_DIGITS = 16;
    /** "Forget what you knew under this name" (RFC 6762 §10.2). */
    private static final int FLUSH = 0x8000;

    /**
     * What this node tells of itself.
     *
     * @param networkTag of the network it belongs to, told in hex digits
     * @param listensAt whether it listens at an address of this machine
     */
    record Self(PeerId id, int port, byte[] networkTag, Predicate<InetAddress> listensAt) {
    }

    private MdnsMessages() {
    }

    /** Asks who offers our service. */
    static byte[] question() {
        Message question = new Message(0);
        question.addRecord(Record.newRecord(SERVICE, Type.PTR, DClass.IN), Section.QUESTION);
        return question.toWire();
    }

    /** Whether a message asks who offers our service. */
    static boolean asks(Message message) {
        return !message.getHeader().getFlag(Flags.QR) && message.getSection(Section.QUESTION).stream()
                .anyMatch(record -> record.getName().equals(SERVICE)
                        && (record.getType() == Type.PTR || record.getType() == Type.ANY));
    }

    /** Where this node is, as seen from an interface with these addresses; with no time to live a goodbye. */
    static Optional<byte[]> announcement(Self self, List<InetAddress> all, boolean goodbye) {
        List<InetAddress> ips = all.stream().filter(self.listensAt).toList();
        if (ips.isEmpty()) {
            return Optional.empty();
        }
        try {
            String label = self.id.toString().substring(0, INSTANCE_DIGITS);
            Name instance = new Name(label, SERVICE);
            Name host = new Name("ippan-" + label, LOCAL);
            long ttl = goodbye ? 0 : TTL_SECONDS;
            Message answer = new Message(0);
            answer.getHeader().setFlag(Flags.QR);
            answer.getHeader().setFlag(Flags.AA);
            answer.addRecord(new PTRRecord(SERVICE, DClass.IN, ttl, instance), Section.ANSWER);
            answer.addRecord(new SRVRecord(instance, DClass.IN | FLUSH, ttl, 0, 0, self.port, host), Section.ANSWER);
            answer.addRecord(new TXTRecord(instance, DClass.IN | FLUSH, ttl, List.of("peer=" + self.id,
                    "net=" + HexFormat.of().formatHex(self.networkTag))), Section.ANSWER);
            for (InetAddress ip : ips) {
                answer.addRecord(new ARecord(host, DClass.IN | FLUSH, ttl, ip), Section.ANSWER);
            }
            return Optional.of(answer.toWire());
        } catch (TextParseException e) {
            throw new IllegalStateException("hex digits are a good name", e);
        }
    }
}
