// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ippan.network.api.callback.Ranked;
import org.ippan.network.api.callback.Said;
import org.ippan.network.api.json.Json;
import org.ippan.network.api.snapshot.Part;
import org.ippan.network.api.snapshot.SnapshotSource;

/**
 * What tells of itself, by name. Of one name there may be several: all are kept, and one is shown. Of a bundle that is
 * updated that is the one that came last, of applications the one that came first; one that takes the name of a bundle
 * is not shown at all. Safe for any thread.
 */
final class Sources {

    /** Names of beans and of metrics begin with them. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z]\\w{0,63}(\\.[\\w-]{1,64})?");
    private static final Pattern UNPRINTED = Pattern.compile("\\p{C}");

    /** The one that is shown comes first. */
    private final Map<String, List<SnapshotSource>> byName = new ConcurrentSkipListMap<>();
    /** By the id of a registration: it may get another name, of which only the new one is told when it goes. */
    private final Map<Object, String> registered = new ConcurrentHashMap<>();

    /** The name that a service gives; empty if it gives none, or one that cannot be shown. */
    static Optional<String> name(Object given) {
        return Optional.ofNullable(given).filter(String.class::isInstance).map(String.class::cast)
                .filter(name -> NAME.matcher(name).matches() && !SourceNames.isOfNode(name));
    }

    private static boolean isTaken(String name, SnapshotSource source) {
        return !isOfANode(source) && SourceNames.isOfAnother(name, source.getClass());
    }

    /** Why a service that came with this name is not shown; empty if it is. */
    Optional<String> refusal(SnapshotSource source, Object given) {
        Optional<String> name = name(given);
        if (name.isPresent()) {
            boolean taken = isTaken(name.get(), source);
            return taken || shown(name.get()).filter(first -> first != source).isPresent()
                    ? Optional.of(SnapshotSource.NAME + " = " + name.get() + (taken
                            ? ": a service of the network has this name" : ": another service has this name"))
                    : Optional.empty();
        }
        return Optional.of(SnapshotSource.NAME + (given == null ? " is missing" : " = " + UNPRINTED.matcher(
                text(given)).replaceAll("?") + ": must be letters, digits and _, and not Node, Peer or"
                + " PeerSettings; behind a dot stands which of several it is"));
    }

    /** Of any type: only a text can be a name. */
    private static String text(Object given) {
        return Said.text(given instanceof Object[] several ? Arrays.asList(several) : given);
    }

    /** A registration came, or has other properties. */
    void put(SnapshotSource source, Map<String, ?> properties) {
        remove(source, properties);
        name(properties.get(SnapshotSource.NAME)).filter(name -> !isTaken(name, source)).ifPresent(name -> {
            registered.put(Ranked.id(source, properties), name);
            add(name, source);
        });
    }

    /** A registration went: the name it had, if it had one. */
    Optional<String> remove(SnapshotSource source, Map<String, ?> properties) {
        Optional<String> had = Optional.ofNullable(registered.remove(Ranked.id(source, properties)));
        had.ifPresent(name -> remove(name, source));
        return had;
    }

    /** One came: a bundle's is shown before those that were, an application's after them. */
    void add(String name, SnapshotSource source) {
        byName.merge(name, List.of(source), (there, added) -> SourceNames.isOfNetwork(name)
                ? Stream.concat(added.stream(), there.stream()).toList()
                : Stream.concat(there.stream(), added.stream()).toList());
    }

    /**
     * Throws what a part throws when it is asked for, or why it may not be: a module can forbid it. So too for what is
     * in lists, and for what values say of themselves: one surface or another asks for all of it.
     */
    static Record readable(Record told) {
        if (told != null) {
            Part.of(told.getClass()).forEach(part -> part.read(told));
            Json.of(told);
        }
        return told;
    }

    static boolean isOfANode(SnapshotSource source) {
        return NodeServices.OF_A_NODE.stream().anyMatch(type -> type.isInstance(source));
    }

    /** One went: of an object that is registered several times the others stay. */
    void remove(String name, SnapshotSource source) {
        byName.computeIfPresent(name, (same, all) -> {
            List<SnapshotSource> left = new ArrayList<>(all);
            IntStream.range(0, all.size()).filter(i -> all.get(i) == source).findFirst().ifPresent(i -> left.remove(i));
            return left.isEmpty() ? null : List.copyOf(left);
        });
    }

    Optional<SnapshotSource> shown(String name) {
        return Optional.ofNullable(byName.get(name)).map(all -> all.get(0));
    }

    Set<String> names() {
        return byName.keySet();
    }

    /** In the order of their names. */
    Stream<SnapshotSource> all() {
        return byName.values().stream().flatMap(List::stream);
    }
}
