// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gogo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.doctor.EffectiveSetting;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Load;
import org.ippan.network.api.doctor.Verdict;
import org.ippan.network.api.json.Json;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.operator.Orders;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.settings.Secrets;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.api.survey.NetworkNode;
import org.ippan.network.api.survey.NetworkTracer;
import org.ippan.network.api.survey.NetworkView;
import org.ippan.network.api.survey.NodeLink;

/** What an operator may ask and order, called as in Karaf's console, with texts in and texts out. */
record Commands(NodeServices services, Orders orders) {

    private static final String NODE_ROW = "%-20s  %-16s  %-6s  %5s  %s";
    private static final String SICK = "--sick";
    private static final String JSON = "--json";
    /** Longer than 1 000 nodes need to answer. */
    private static final int TRACE_SECONDS = 25;
    private static final String ROW = "%-8s  %-12s  %-21s  %-9s  %5s  %-8s  %s";

    List<Command> all() {
        List<Command> all = new ArrayList<>();
        all.addAll(List.of(
                asks("status", "", "Says how the node fares, by what costs nothing to know.",
                        words -> status(services.glance())),
                asks("doctor", "", "Checks the node and says what to do; may take up to 10 s.",
                        words -> lines(services.requireDoctor().examine())),
                asks("limits", "", "Says what holds back throughput just now.",
                        words -> lines(services.requireDoctor().limits())),
                asks("size", "NODES MESSAGES BYTES", "Says what each node needs to carry so many messages a second of"
                        + " so many bytes.", words -> lines(services.requireDoctor().size(load(words)))),
                asks("config", "[FILTER]", "Lists settings in force, and where each value comes from.",
                        words -> lines(EffectiveSetting.named(services.requireDoctor(), word(words, 0, "")))),
                asks("network", "[--sick] [--json]", "Lists the nodes of the network, those that need a look first;"
                        + " sick: no others.", this::network),
                asks("trace", "ID", "Asks all nodes which way a message took; may take up to 25 s.", words ->
                        lines(services.require(NetworkTracer.class).await(MessageId.parse(words.get(0)), TRACE_SECONDS,
                                Thread::sleep).lines())),
                asks("peer-list", "", "Lists peers connected, configured or known from before.",
                        words -> peers(services.require(PeerDirectory.class).peers())),
                asks("peer-explain", "PEER", "Says why a peer is banned and until when, or away and when it is tried"
                        + " next.", words -> lines(services.requireDoctor().explain(words.get(0)).sentences()))));
        all.addAll(List.of(
                asks("publish", "TOPIC TEXT", "Publishes a text to all nodes.",
                        words -> orders.publish(words.get(0), words.get(1))),
                asks("peer-add", "ALIAS ADDRESS [--transient]", "Adds a peer that is always dialled; transient: until"
                        + " the node stops.", this::add),
                asks("key", "", "Makes a new key for a network and shows it; nothing is changed.",
                        words -> Secrets.create()),
                asks("peer-connect", "ADDRESS", "Dials an address now, whatever its back-off.",
                        words -> orders.connect(words.get(0))),
                asks("peer-pardon", "PEER", "Ends the ban of a peer.", words -> orders.pardon(words.get(0)).text()),
                asks("peer-blocked", "", "Lists addresses from which too many handshakes failed.",
                        words -> lines(services.require(PeerDirectory.class).snapshot().blocked())),
                asks("peer-unblock", "ADDRESS", "Hears peers at a blocked address again.",
                        words -> orders.unblock(words.get(0)).text()),
                takes("peer-remove", "ADDRESS", "Forgets an added or learnt peer and closes its connection.",
                        words -> orders.remove(words.get(0)).text()),
                takes("peer-disconnect", "PEER [REASON]", "Closes the connection to a peer.",
                        words -> orders.disconnect(words.get(0), word(words, 1, Orders.NO_REASON)).text()),
                takes("peer-ban", "PEER [SECONDS] [REASON]", "Bans a peer, for ever if no time is given.",
                        words -> orders.ban(words.get(0), seconds(word(words, 1, "0")),
                                word(words, 2, Orders.NO_REASON)))));
        all.add(asks("help", "", "Lists these commands.", words -> all.stream()
                .map(each -> each.usage() + "\n     " + each.text()).collect(Collectors.joining("\n"))));
        return all;
    }

    private static String status(List<Finding> found) {
        return "state " + Verdict.of(found).word() + "\n" + lines(found);
    }

    private static Command asks(String name, String parameters, String text, Command.Action action) {
        return new Command(name, parameters, text, false, action);
    }

    private static Command takes(String name, String parameters, String text, Command.Action action) {
        return new Command(name, parameters, text, true, action);
    }

    private static String lines(List<?> answers) {
        return answers.stream().map(String::valueOf).collect(Collectors.joining("\n"));
    }

    private static String word(List<String> words, int index, String otherwise) {
        return index < words.size() ? words.get(index) : otherwise;
    }

    private static String peers(List<Peer> peers) {
        return Stream.concat(Stream.of(String.format(Locale.ROOT, ROW, "peer", "alias", "address", "state", "score",
                "standing", "health")), peers.stream().map(peer -> String.format(Locale.ROOT, ROW,
                        peer.id().map(PeerId::shortForm).orElse("-"), peer.alias(), peer.address(),
                        SettingDescription.word(peer.state()), peer.score().value(),
                        SettingDescription.word(peer.score().standing()), SettingDescription.word(peer.health()))))
                .map(String::stripTrailing).collect(Collectors.joining("\n"));
    }

    private static Load load(List<String> words) {
        try {
            return new Load(Integer.parseInt(words.get(0)), Integer.parseInt(words.get(1)),
                    Integer.parseInt(words.get(2)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("NODES, MESSAGES and BYTES must be whole numbers, as in ippan:size 20"
                    + " 1000 512", e);
        }
    }

    private String network(List<String> words) {
        words.stream().filter(word -> !List.of(SICK, JSON).contains(word)).findFirst().ifPresent(word -> {
            throw new IllegalArgumentException("'" + word + "' is unknown: " + SICK + " and " + JSON
                    + " are all that may follow");
        });
        List<NetworkNode> nodes = services.require(NetworkView.class).nodes().stream()
                .filter(node -> !words.contains(SICK) || node.state().isSick()).toList();
        return words.contains(JSON) ? Json.of(nodes) : Stream.concat(Stream.of(String.format(Locale.ROOT, NODE_ROW,
                "node", "id", "state", "links", "why")), nodes.stream().map(node -> String.format(Locale.ROOT, NODE_ROW,
                        node.name(), node.id(), SettingDescription.word(node.state()),
                        node.links().stream().filter(NodeLink::full).count(), node.why())))
                .map(String::stripTrailing).collect(Collectors.joining("\n"));
    }

    private String add(List<String> words) {
        String how = word(words, 2, "");
        if (how.isEmpty()) {
            return orders.add(words.get(1), words.get(0));
        }
        if (!how.equals("--transient")) {
            throw new IllegalArgumentException("'" + how + "' is unknown: --transient is all that may follow");
        }
        return orders.addTransient(words.get(1), words.get(0));
    }

    private static long seconds(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("SECONDS = " + text + ": must be a whole number; 0 for ever", e);
        }
    }
}
