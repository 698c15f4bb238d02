// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.management.ObjectName;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.management.bean.BeanNames;
import org.ippan.network.management.bean.BeanRegistry;
import org.ippan.network.management.bean.GenericBean;
import org.ippan.network.management.bean.SnapshotAttributes;

/** A bean for each connected or configured peer. Confined to one thread; they are read by any. */
final class PeerBeans {

    /** Of two whose names read the same, the one that is called so has the name, connected or not. */
    private static final Comparator<Peer> ORDER = Comparator.comparing(PeerView::beanName,
            Comparator.comparing((String name) -> !name.equals(BeanNames.clean(name))).thenComparing(name -> name));

    private final BeanRegistry registry;
    private final BeanNames names;
    private final Function<Peer, PeerView> look;
    private final Map<ObjectName, AtomicReference<Peer>> beans = new HashMap<>();

    /**
     * None yet.
     *
     * @param look looks at a peer, when its bean is read; any thread
     */
    PeerBeans(BeanRegistry registry, BeanNames names, Function<Peer, PeerView> look) {
        this.registry = registry;
        this.names = names;
        this.look = look;
    }

    /**
     * Brings the beans in line with the peers.
     *
     * @param peers connected ones first
     * @param most how many beans there may be
     */
    void refresh(List<Peer> peers, int most) {
        Map<ObjectName, Peer> wanted = new HashMap<>();
        peers.stream().filter(peer -> peer.connected() || peer.configured()).limit(most).sorted(ORDER)
                .forEach(peer -> wanted.put(names.of("Peer", PeerView.beanName(peer), wanted::containsKey), peer));
        beans.keySet().stream().filter(name -> !wanted.containsKey(name)).toList().forEach(this::remove);
        wanted.forEach((name, peer) -> {
            AtomicReference<Peer> shown = beans.get(name);
            if (shown == null) {
                add(name, peer);
            } else {
                shown.set(peer);
            }
        });
    }

    private void add(ObjectName name, Peer peer) {
        AtomicReference<Peer> shown = new AtomicReference<>(peer);
        GenericBean bean = new GenericBean("One peer: its standing, its health and its connection.",
                () -> look.apply(shown.get()));
        if (registry.register(name, bean.with(SnapshotAttributes.of(PeerView.class)))) {
            beans.put(name, shown);
        }
    }

    private void remove(ObjectName name) {
        beans.remove(name);
        registry.unregister(name);
    }
}
