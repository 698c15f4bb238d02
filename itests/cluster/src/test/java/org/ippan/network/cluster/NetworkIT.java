// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.api.survey.NetworkNode;
import org.ippan.network.api.survey.NetworkTrace;
import org.ippan.network.api.survey.NetworkTrace.Phase;
import org.ippan.network.api.survey.NetworkTracer;
import org.ippan.network.api.survey.NetworkView;
import org.ippan.network.api.survey.NodeLink;
import org.ippan.network.api.survey.NodeState;
import org.ippan.network.api.survey.NodeTrace;
import org.ippan.network.api.trace.MessageTracer;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every node shows the whole network: who is there, who was killed, who left. */
@Tag(Nodes.WAITING)
class NetworkIT {

    /** On a busy machine; what it takes on a quiet one is measured where lines are cut for ten processes. */
    private static final Duration TO_BE_GONE = Duration.ofSeconds(60);
    private static final Duration TO_BE_MISSED = Duration.ofSeconds(90);
    private static final Duration TO_HAVE_LEFT = Duration.ofSeconds(30);
    private static final String SURVEY = "org.ippan.network.survey";
    private static final Duration TO_MEET = Duration.ofSeconds(60);
    private static final String NO_WAY = "No way of standing links leads to it.";

    @RegisterExtension
    final Nodes nodes = new Nodes();

    /** Nodes in this JVM, each linked to all that were there before. */
    private final List<IppanNode> embedded = new ArrayList<>();

    private String[] addresses() {
        return embedded.stream().map(Nodes::address).toArray(String[]::new);
    }

    private void embed(int count) {
        for (int i = 0; i < count; i++) {
            embedded.add(nodes.embed("node" + i, addresses()));
        }
    }

    private NodeProcess process(String name) {
        return nodes.launch(name, Nodes.ANY_PORT, Stream.of(addresses())
                .flatMap(address -> Stream.of("--peers", address)).toArray(String[]::new));
    }

    private static List<NetworkNode> seen(IppanNode from) {
        return from.service(NetworkView.class).nodes();
    }

    private static boolean sees(IppanNode from, String id, NodeState state, String why) {
        return seen(from).stream().anyMatch(node -> id.startsWith(node.id()) && node.state() == state
                && node.why().equals(why));
    }

    private void everywhere(String id, NodeState state, String why, Duration atMost) {
        Eventually.until(() -> id + " is " + state + " on every node: " + embedded.stream()
                .map(node -> seen(node).stream().map(each -> each.name() + " " + each.state() + " " + each.why())
                        .collect(Collectors.joining(", "))).collect(Collectors.joining("; ")), atMost,
                () -> embedded.stream().allMatch(node -> sees(node, id, state, why)));
    }

    private static List<String> findings(IppanNode node) {
        return node.service(Doctor.class).glance().stream().filter(finding -> finding.check().equals("network"))
                .map(finding -> finding.severity() + " " + finding.text() + " " + finding.advice()).toList();
    }

    private void meet(String id) {
        Eventually.until(() -> id + " is told: " + embedded.stream().map(NetworkIT::seen).toList(), TO_MEET,
                () -> embedded.stream().allMatch(node -> seen(node).stream().anyMatch(each -> id.startsWith(each.id())
                        && each.state() != NodeState.SILENT
                        && each.links().stream().filter(NodeLink::full).count() >= 3)));
    }

    /** All that needs five nodes, which take longest to start. */
    @Test
    void shouldShowWhoWasKilledAndWhoLeftOnEveryNode() {
        embed(3);
        NodeProcess fourth = process("fourth");
        NodeProcess fifth = process("fifth");
        fourth.awaitReady();
        fifth.awaitReady();
        Stream.concat(embedded.stream().map(IppanNode::id).map(PeerId::toString), Stream.of(fourth.id(), fifth.id()))
                .forEach(this::meet);
        IppanNode first = embedded.get(0);
        assertEquals("OK No node of 5 is gone. share is auto, and no link goes beyond this machine. ",
                findings(first).get(0));

        fifth.kill();
        everywhere(fifth.id(), NodeState.GONE, NO_WAY, TO_BE_GONE);
        String gone = findings(first).get(0);
        assertTrue(gone.startsWith("WARN 1 of 5 nodes is gone: " + fifth.id().substring(0, 8) + "."), gone);
        assertTrue(gone.endsWith("Start it again or check its machine; a node that was taken away on purpose is"
                + " forgotten an hour later."), gone);

        fourth.kill();
        everywhere(fourth.id(), NodeState.GONE, NO_WAY, TO_BE_GONE);
        String split = findings(first).get(0);
        assertTrue(split.startsWith("FAIL The network may be split: 2 of 5 nodes went within a minute: "), split);
        assertTrue(split.endsWith("Check the routes and firewalls between this node and those; links come back by"
                + " themselves."), split);

        IppanNode third = embedded.remove(2);
        String id = third.id().toString();
        third.close();
        everywhere(id, NodeState.LEFT, "It said that it stops.", TO_HAVE_LEFT);
    }

    /** As if its host had no power: no connection is closed. */
    @Test
    void shouldShowANodeAsGoneWhoseHostIsSilent() {
        embed(2);
        NodeProcess third = process("third");
        third.awaitReady();
        Eventually.until("it is told", TO_MEET, () -> embedded.stream().allMatch(node ->
                seen(node).stream().anyMatch(each -> third.id().startsWith(each.id())
                        && each.links().stream().filter(NodeLink::full).count() == 2)));

        third.pause();

        everywhere(third.id(), NodeState.GONE, NO_WAY, TO_BE_MISSED);
    }

    /** In a chain, asked in the middle. */
    @Test
    void shouldShowTheWayThatAMessageTook() {
        IppanNode publisher = nodes.embed("publisher");
        IppanNode relay = nodes.embed("relay", builder -> builder.set(SURVEY, "name", "relay"),
                Nodes.address(publisher));
        IppanNode end = nodes.embed("end", builder -> builder.set(SURVEY, "name", "end")
                .set("org.ippan.network.peers", "exchange", "false"), Nodes.address(relay));
        end.subscribe("news", message -> { });
        Nodes.awaitPeers(relay, 2);
        Eventually.until("all are told", TO_MEET, () -> Stream.of(publisher, relay, end).allMatch(node ->
                seen(node).stream().filter(each -> each.links().stream().anyMatch(NodeLink::full)).count() == 3));
        MessageId id = publisher.gossip().publish(Message.of(Topic.of("news"), new byte[] {1})).id().orElseThrow();
        Eventually.until("it is there", TO_MEET, () -> end.service(MessageTracer.class).trace(id).isPresent());

        NetworkTracer tracer = relay.service(NetworkTracer.class);
        Eventually.until(() -> "all answer: " + tracer.trace(id), TO_MEET,
                () -> tracer.trace(id).phase() == Phase.DONE);

        NetworkTrace way = tracer.trace(id);
        assertEquals(List.of("published", "no-listener", "delivered"), way.nodes().stream()
                .map(node -> SettingDescription.word(node.fate())).toList(), way.toString());
        assertEquals("2 of 2 other nodes told.", way.note());
        assertEquals("published here", way.nodes().get(0).text());
        assertEquals("relayed; no listener here takes its topic", way.nodes().get(1).text());
        assertEquals(List.of(0, 1, 2), way.nodes().stream().map(NodeTrace::depth).toList());
        // Which of both took longest is for the clock to say; the way there goes by the relay.
        assertTrue(way.nodes().subList(0, 2).stream().allMatch(NodeTrace::slowest), way.toString());
        assertEquals("end", way.nodes().get(2).name());
        assertEquals(1, way.nodes().get(2).hops());
        assertTrue(way.nodes().get(1).own() && way.nodes().get(1).full(), way.toString());
    }

    @Test
    void shouldLetNoApplicationPublishByATopicOfNodes() {
        embed(1);

        String refusal = assertThrows(IllegalArgumentException.class, () -> embedded.get(0).gossip()
                .publish(Message.of(Topic.of("ippan/status"), new byte[1]))).getMessage();

        assertEquals("topic is ippan/status, which is reserved: topics below ippan/ are for the nodes themselves; use"
                + " another prefix", refusal);
    }
}
