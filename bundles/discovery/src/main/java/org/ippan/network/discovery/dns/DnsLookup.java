// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.dns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Ticker;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Records of names, aliases followed. Remembers the shortest time to live it met. Confined to one thread. */
final class DnsLookup {

    /** Longer chains of aliases are mistakes, or circles. */
    static final int MAX_ALIASES = 8;
    /** However slowly servers answer, other names are looked up too. */
    private static final long MAX_SECONDS = 60;
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(MAX_SECONDS);

    private final DnsClient client;
    private final int maxQuestions;
    private final Ticker ticker;
    private final long begin;
    private int questions;
    private long ttlSeconds = Long.MAX_VALUE;

    DnsLookup(DnsClient client, int maxQuestions, Ticker ticker) {
        this.client = client;
        this.maxQuestions = maxQuestions;
        this.ticker = ticker;
        this.begin = ticker.nanos();
    }

    /** The records of that type; none if the name does not exist or has none. */
    <R extends Record> List<R> find(Name name, int type, Class<R> as) throws IOException {
        Name current = name;
        List<Record> answer = ask(current, type);
        for (int aliases = 0; aliases <= MAX_ALIASES; aliases++) {
            List<R> found = of(answer, current, type, as);
            Name target = found.isEmpty() ? alias(answer, current) : null;
            if (target == null) {
                return found;
            }
            current = target;
            // Most servers answer with the whole chain at once.
            if (of(answer, current, type, as).isEmpty() && alias(answer, current) == null) {
                answer = ask(current, type);
            }
        }
        throw new IOException("more than " + MAX_ALIASES + " aliases (CNAME) lead on from " + name);
    }

    private List<Record> ask(Name name, int type) throws IOException {
        questions++;
        if (questions > maxQuestions) {
            throw new IOException("one search would need more than " + maxQuestions + " questions; it ended at "
                    + name);
        }
        if (ticker.nanos() - begin >= MAX_NANOS) {
            throw new IOException("one search took longer than " + MAX_SECONDS + " s; it ended at " + name);
        }
        Message answer = client.ask(name, type);
        return answer.getSection(Section.ANSWER);
    }

    private <R extends Record> List<R> of(List<Record> answer, Name name, int type, Class<R> as) {
        List<R> found = new ArrayList<>();
        for (Record record : answer) {
            if (record.getType() == type && record.getName().equals(name)) {
                ttlSeconds = Math.min(ttlSeconds, record.getTTL());
                found.add(as.cast(record));
            }
        }
        return found;
    }

    private Name alias(List<Record> answer, Name name) {
        List<CNAMERecord> aliases = of(answer, name, Type.CNAME, CNAMERecord.class);
        return aliases.isEmpty() ? null : aliases.get(0).getTarget();
    }

    /** The shortest time to live of all records met; {@link Long#MAX_VALUE} if there was none. */
    long ttlSeconds() {
        return ttlSeconds;
    }
}
