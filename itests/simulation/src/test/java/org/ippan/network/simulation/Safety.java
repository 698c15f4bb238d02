// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.ippan.network.api.PeerId;
import org.ippan.network.testkit.SimConnection;

/** What must hold at every moment of a run, and what must be left of it at the end. */
final class Safety {

    private static final int MAX_SCORE = 1000;
    private static final Duration GONE_AFTER = Duration.ofSeconds(60);
    /** More than one step of decay. */
    private static final Duration DECAYED_AFTER = Duration.ofSeconds(620);

    private final Overlay overlay;
    private final IntPredicate honest;

    Safety(Overlay overlay, IntPredicate honest) {
        this.overlay = overlay;
        this.honest = honest;
    }

    private List<SimNode> well() {
        return overlay.nodes.stream().filter(node -> node.isAlive() && honest.test(node.number)).toList();
    }

    /** What is wrong now. */
    List<String> violations() {
        List<String> wrong = new ArrayList<>(overlay.complaints());
        Map<PeerId, Integer> numbers = new HashMap<>();
        overlay.nodes.forEach(node -> numbers.put(node.id(), node.number));
        for (SimNode node : well()) {
            List<String> here = new ArrayList<>(node.peers.violations());
            here.addAll(node.gossip.violations());
            for (PeerId peer : node.reputation.peers()) {
                int score = node.reputation.score(peer).value();
                if (Math.abs(score) > MAX_SCORE) {
                    here.add("score " + score);
                }
                if (node.reputation.shouldBan(peer) && honest.test(numbers.get(peer))) {
                    here.add("has banned the honest node " + numbers.get(peer));
                }
            }
            for (SimConnection connection : node.transport.connections()) {
                if (connection.queuedBytes() > Wan.LIMITS.queueBytes()) {
                    here.add("queues " + connection.queuedBytes() + " bytes");
                }
            }
            here.forEach(each -> wrong.add("node " + node.number + ": " + each));
        }
        return wrong;
    }

    /** What is wrong when nothing has been going on for a while; the byzantine nodes end here. */
    List<String> leftOvers() {
        overlay.nodes.stream().filter(node -> node.isAlive() && !honest.test(node.number)).forEach(SimNode::crash);
        overlay.pass(GONE_AFTER);
        List<String> wrong = new ArrayList<>();
        if (overlay.network.queuedBytes() != 0) {
            wrong.add(overlay.network.queuedBytes() + " bytes were not given back to the queues");
        }
        for (SimNode node : well()) {
            if (node.gossip.held() != 0) {
                wrong.add("node " + node.number + " still holds room");
            }
            node.peers.linkedTwice().forEach(peer -> wrong.add("node " + node.number + " keeps two links to a peer"));
        }
        wrong.addAll(violations());
        return wrong;
    }

    /** What is wrong with scores after ten more minutes of nothing. */
    List<String> decay() {
        List<String> wrong = new ArrayList<>();
        Map<SimNode, Map<PeerId, Integer>> praised = new LinkedHashMap<>();
        well().forEach(node -> praised.put(node, scores(node)));
        overlay.pass(DECAYED_AFTER);
        praised.forEach((node, scores) -> scores.forEach((peer, before) -> {
            int now = node.reputation.score(peer).value();
            if (now < 0 || now > before) {
                wrong.add("node " + node.number + ": a score went from " + before + " to " + now + " by itself");
            }
        }));
        wrong.addAll(violations());
        return wrong;
    }

    /** Scores of honest peers it thinks well of. */
    private Map<PeerId, Integer> scores(SimNode node) {
        Map<PeerId, Integer> scores = new HashMap<>();
        for (SimNode peer : well()) {
            int score = node.reputation.score(peer.id()).value();
            if (score > 0) {
                scores.put(peer.id(), score);
            }
        }
        return scores;
    }
}
