// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.peers.PeersSnapshot;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.web.http.Answer;

/**
 * Whether the node serves, and why not: what can be told at once, without the checks of a doctor that connect
 * somewhere.
 *
 * @param status worst of what was found
 * @param reasons what was found, if it is not all well
 */
record Health(Severity status, List<Finding> reasons) {

    private static final List<Class<?>> NEEDED = List.of(Transport.class, PeerDirectory.class, Gossip.class);

    static Health of(NodeServices services) {
        List<Finding> found = new ArrayList<>();
        NEEDED.stream().filter(type -> services.find(type).isEmpty()).forEach(type -> found.add(new Finding("bundles",
                Severity.FAIL, type.getSimpleName() + " is absent.", "Start its bundle.")));
        services.find(Transport.class).map(transport -> transport.snapshot().listenError())
                .filter(error -> !error.isEmpty()).ifPresent(error -> found.add(new Finding("listener", Severity.FAIL,
                        error, "Free the address, or change listenAddress of org.ippan.network.transport.")));
        Optional<PeersSnapshot> peers = services.find(PeerDirectory.class).map(PeerDirectory::snapshot);
        peers.map(PeersSnapshot::refusal).filter(refusal -> !refusal.isEmpty()).ifPresent(refusal -> found.add(
                new Finding("serving", Severity.FAIL, refusal, "Correct the setting.")));
        peers.filter(now -> now.connected() == 0 && now.configured() > 0).ifPresent(now -> found.add(new Finding(
                "peers", Severity.WARN, "None of " + now.configured() + " configured peers is connected.",
                "See why in the table of peers.")));
        services.settings().stream().map(LiveSettings::lastConfigError).flatMap(Optional::stream)
                .forEach(error -> found.add(new Finding("configuration", Severity.WARN, error,
                        "Correct the value; until then the last good one counts.")));
        return new Health(found.stream().map(Finding::severity).max(Severity::compareTo).orElse(Severity.OK),
                List.copyOf(found));
    }

    /** 503 if it does not serve. */
    Answer answer() {
        return Answer.json(status == Severity.FAIL ? HttpResponseStatus.SERVICE_UNAVAILABLE : HttpResponseStatus.OK,
                this);
    }
}
