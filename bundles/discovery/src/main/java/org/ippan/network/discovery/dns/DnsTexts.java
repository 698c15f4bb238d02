// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.dns;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.discovery.FindingRefusal;
import org.ippan.network.discovery.search.Network;
import org.ippan.network.discovery.search.RefusalCounts;
import org.xbill.DNS.TXTRecord;

/**
 * What TXT records say, as {@code key=value} (RFC 1464, 6763): {@code peer}, {@code path}, {@code net}.
 *
 * @param values the texts, in their order
 */
public record DnsTexts(List<String> values) {

    private static final String PEER = "peer=";
    private static final String PATH = "path=";
    private static final String NET = "net=";
    private static final Pattern GOOD_PATH = Pattern.compile("/[!-~]{0,127}");

    /** The texts of some records. */
    public static DnsTexts of(List<TXTRecord> records) {
        return new DnsTexts(records.stream().flatMap(record -> record.getStrings().stream()).toList());
    }

    private Optional<String> first(String key) {
        return all(key).findFirst();
    }

    /** Letters of keys are equal in either case (RFC 6763). */
    private Stream<String> all(String key) {
        return values.stream().filter(text -> text.regionMatches(true, 0, key, 0, key.length()))
                .map(text -> text.substring(key.length()));
    }

    /**
     * Who must answer.
     *
     * @param tally counts a pin that cannot be read
     * @return empty if it is not said; null if it cannot be read, so that the address must not be used without it
     */
    public Optional<PeerId> pin(RefusalCounts tally) {
        Optional<String> text = first(PEER);
        try {
            return text.map(PeerId::parse);
        } catch (IllegalArgumentException e) {
            tally.count(FindingRefusal.BAD_TEXT);
            return null;
        }
    }

    /** Where a WebSocket is, {@code /ippan} unless said. */
    String path() {
        return first(PATH).filter(path -> GOOD_PATH.matcher(path).matches()).orElse("/ippan");
    }

    /** Whether what is here belongs to a network: it does if no network is named. */
    public boolean belongsTo(Network network) {
        List<String> names = all(NET).toList();
        return names.isEmpty() || names.stream().anyMatch(network::isCalled);
    }
}
