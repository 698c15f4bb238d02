// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.table;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.ippan.network.api.survey.NetworkNode;
import org.ippan.network.api.survey.NodeLink;
import org.ippan.network.api.survey.NodeNumbers;
import org.ippan.network.api.survey.NodeState;
import org.ippan.network.survey.record.StatusRecord;
import org.ippan.network.survey.record.ToldLink;

/**
 * Makes the view of the table: a row for this node, for each node with a record, and for each that only others name.
 * Rows keep their keys, and those of which nothing changed their revision. Guarded by the lock of the table's owner.
 */
public final class Picture {

    /** What needs a look first. */
    private static final List<NodeState> ORDER = List.of(NodeState.FAIL, NodeState.GONE, NodeState.WARN,
            NodeState.STALE, NodeState.OK, NodeState.SILENT, NodeState.LEFT);
    private static final int MAX_REMOVED = 4096;
    private static final int SHORT_ID = 8;
    private static final HexFormat HEX = HexFormat.of();
    /** As names are shown that are not the only ones: a node that calls itself so could pass for another one. */
    private static final Pattern WITH_ID = Pattern.compile("\\([0-9a-f]{8}\\)$");
    private static final String NAMED_ONLY = "Others have links to it, but it tells no status.";

    private final RecordTable table;
    private final States states;
    private final long startNanos;
    private final Map<Long, Row> rows = new LinkedHashMap<>();
    private final Deque<View.Removed> removed = new ArrayDeque<>();
    private int nextKey = 1;
    private long revision;
    private long knownSince;
    private long nowNanos;

    /**
     * An empty picture.
     *
     * @param table its records
     * @param startNanos from when seconds are counted
     * @param revision the first one: greater than those of an earlier life of the node, which clients may still have
     */
    public Picture(RecordTable table, long startNanos, long revision) {
        this.table = table;
        this.states = new States(table);
        this.startNanos = startNanos;
        this.revision = revision;
        this.knownSince = revision;
    }

    /**
     * The view of this moment.
     *
     * @param record what this node says of itself
     * @param madeNanos when that was
     * @param maxNodes most nodes that only others name
     * @param now the moment
     */
    public View look(StatusRecord record, long madeNanos, int maxNodes, long now) {
        nowNanos = now;
        Entry own = new Entry(record.id());
        own.record = record;
        own.heardNanos = madeNanos;
        own.state = States.word(own);
        own.why = record.findings().isEmpty() ? "" : record.findings().get(0).text();
        Reach reach = new Reach(table, own);
        states.judge(reach, record.intervalSeconds(), now);
        Map<Long, Entry> shown = new LinkedHashMap<>();
        shown.put(own.prefix(), own);
        table.entries().forEach(entry -> shown.put(entry.prefix(), entry));
        Set<Long> silent = silent(reach, own, shown.keySet(), maxNodes);
        revision++;
        drop(shown.keySet(), silent);
        Map<String, Integer> names = names(shown.values(), silent);
        silent.forEach(this::row);
        shown.keySet().forEach(this::row);
        shown.values().forEach(entry -> update(entry, entry == own, reach, names));
        silent.forEach(this::updateSilent);
        return view(now);
    }

    /** Nodes that are named and have no record, those that this node names first. */
    private static Set<Long> silent(Reach reach, Entry own, Set<Long> known, int most) {
        Set<Long> silent = new LinkedHashSet<>();
        own.record.links().stream().map(ToldLink::to).filter(to -> !known.contains(to)).forEach(silent::add);
        reach.named().stream().filter(to -> !known.contains(to)).limit(most).forEach(silent::add);
        return silent;
    }

    private void drop(Set<Long> shown, Set<Long> silent) {
        rows.entrySet().removeIf(row -> {
            boolean gone = !shown.contains(row.getKey()) && !silent.contains(row.getKey());
            if (gone) {
                removed.add(new View.Removed(row.getValue().key, revision));
            }
            return gone;
        });
        while (removed.size() > MAX_REMOVED) {
            knownSince = removed.poll().revision();
        }
    }

    /** How many nodes would be shown by each name: short ids are names of those that have no other. */
    private static Map<String, Integer> names(Iterable<Entry> entries, Set<Long> silent) {
        Map<String, Integer> names = new HashMap<>();
        entries.forEach(entry -> names.merge(label(entry), 1, Integer::sum));
        silent.forEach(prefix -> names.merge(shortId(prefix), 1, Integer::sum));
        return names;
    }

    private static String label(Entry entry) {
        return entry.record == null || entry.record.name().isEmpty() ? entry.id.shortForm() : entry.record.name();
    }

    private static String shortId(long prefix) {
        return HEX.toHexDigits(prefix).substring(0, SHORT_ID);
    }

    private Row row(long prefix) {
        return rows.computeIfAbsent(prefix, id -> new Row(nextKey++));
    }

    private void update(Entry entry, boolean own, Reach reach, Map<String, Integer> names) {
        Row row = row(entry.prefix());
        long since = row.since(entry.state, entry.state == NodeState.GONE ? entry.lostNanos : nowNanos);
        String name = name(entry, names);
        List<Integer> links = entry.record == null ? List.of() : entry.record.links().stream()
                .map(link -> target(link.to(), reach.isFull(entry, link.to()))).toList();
        if (row.changes(new Row.Inputs(entry.record, name + '\n' + entry.state + '\n' + entry.why, links))) {
            row.node = entry.record == null ? silentNode(row.key, entry.prefix(), entry.why, since)
                    : node(row.key, entry, own, name, links, since);
            row.revision = revision;
        }
    }

    /** 0 for a node that is not shown. */
    private int target(long to, boolean full) {
        Row row = rows.get(to);
        int key = row == null ? 0 : row.key;
        return full ? key : -key;
    }

    private NetworkNode node(int key, Entry entry, boolean own, String name, List<Integer> targets, long since) {
        StatusRecord record = entry.record;
        List<NodeLink> links = new ArrayList<>(targets.size());
        for (int i = 0; i < targets.size(); i++) {
            int target = targets.get(i);
            ToldLink link = record.links().get(i);
            if (target != 0) {
                links.add(new NodeLink(Math.abs(target), HEX.toHexDigits(link.to()), link.roundTripMillis(),
                        target > 0, link.dialled(), link.eager(), link.congested()));
            }
        }
        long heard = seconds(entry.heardNanos);
        return new NetworkNode(key, HEX.toHexDigits(entry.prefix()), name, own, entry.state, entry.why,
                seconds(since), heard, heard - record.uptimeSeconds(), record.version(), record.findings(),
                record.numbers(), List.copyOf(links), record.topics());
    }

    private long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos - startNanos);
    }

    private void updateSilent(long prefix) {
        Row row = row(prefix);
        long since = row.since(NodeState.SILENT, nowNanos);
        if (row.changes(new Row.Inputs(null, NAMED_ONLY, List.of()))) {
            row.node = silentNode(row.key, prefix, NAMED_ONLY, since);
            row.revision = revision;
        }
    }

    private NetworkNode silentNode(int key, long prefix, String why, long since) {
        return new NetworkNode(key, HEX.toHexDigits(prefix), shortId(prefix), false, NodeState.SILENT, why,
                seconds(since), 0, 0, "", List.of(), NodeNumbers.NONE, List.of(), List.of());
    }

    private static String name(Entry entry, Map<String, Integer> names) {
        String label = label(entry);
        String shortId = entry.id.shortForm();
        boolean doubtful = names.get(label) > 1 || WITH_ID.matcher(label).find();
        return doubtful && !label.equals(shortId) ? label + " (" + shortId + ")" : label;
    }

    private View view(long now) {
        List<View.Changed> all = rows.values().stream().map(row -> new View.Changed(row.node, row.revision))
                .sorted(Comparator.comparing((View.Changed row) -> ORDER.indexOf(row.node().state()))
                        .thenComparing(row -> row.node().name()).thenComparing(row -> row.node().id())).toList();
        return new View(revision, seconds(now), all, List.copyOf(removed),
                knownSince, states.mayBeSplit());
    }
}
