// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.EffectiveSetting;
import org.ippan.network.api.doctor.PeerExplanation;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.api.survey.NetworkTrace;
import org.ippan.network.api.survey.NetworkTracer;
import org.ippan.network.api.survey.NetworkView;
import org.ippan.network.api.trace.MessageTrace;
import org.ippan.network.api.trace.MessageTracer;
import org.ippan.network.web.http.Answer;
import org.ippan.network.web.http.Refusal;
import org.ippan.network.web.http.Request;
import org.ippan.network.web.metrics.Measured;

/** What is asked of {@code /api/v1}: everything the services tell, as it is. Safe for any thread. */
final class Api {

    static final String ROOT = "/api/v1";
    /** What became of a message, by its id. */
    static final String TRACES = ROOT + "/trace/";
    /** Which way it took through the network. */
    static final String WAYS = ROOT + "/network/trace/";

    private static final String PEERS = "/peers/";
    private static final String SNAPSHOTS = "/snapshots/";
    private static final String RECORDS = "/records";
    /** As many as a node that looks for the network heeds. */
    private static final int MAX_RECORDS = 1000;
    /** Said where the doctor, who finds it out, is absent. */
    private static final String UNKNOWN_SOURCE = "";

    private final NodeServices services;
    private final Function<Request, NodeView> node;
    private final History history;
    private final Checkup checkup;
    private final Map<String, Function<Request, Object>> resources = new LinkedHashMap<>();

    /** A setting in force, with what another value has to look like. */
    private record ShownSetting(String pid, SettingDescription description, String value, String source,
            String refused, String rule, List<String> choices) {
    }

    Api(NodeServices services, Function<Request, NodeView> node, History history, Checkup checkup) {
        this.services = services;
        this.node = node;
        this.history = history;
        this.checkup = checkup;
        resources.put("", request -> Map.of("resources", resources.keySet()));
        resources.put("/node", node::apply);
        resources.put("/snapshots", request -> services.snapshots());
        resources.put("/peers", request -> services.require(PeerDirectory.class).peers());
        resources.put("/measures", request -> measures());
        resources.put("/history", this::history);
        resources.put("/settings", this::settings);
        resources.put("/settings/changes", request -> services.changes());
        resources.put("/network", request -> NetworkTable.of(
                services.require(NetworkView.class).changes(request.number("since", 0))));
        resources.put("/doctor", request -> doctor());
    }

    /**
     * Answers a question.
     *
     * @param path below {@code /api/v1}
     * @param request with its parameters
     */
    Answer answer(String path, Request request) {
        if (path.equals(RECORDS)) {
            return Answer.of("text/plain; charset=us-ascii", records());
        }
        if (resources.containsKey(path)) {
            return Answer.json(resources.get(path).apply(request));
        }
        if (request.path().startsWith(TRACES)) {
            return Answer.json(trace(request.path().substring(TRACES.length())));
        }
        if (request.path().startsWith(WAYS)) {
            return Answer.json(way(request.path().substring(WAYS.length())));
        }
        if (path.startsWith(PEERS)) {
            return Answer.json(explain(path.substring(PEERS.length())));
        }
        Record snapshot = path.startsWith(SNAPSHOTS)
                ? services.snapshots().get(path.substring(SNAPSHOTS.length())) : null;
        if (snapshot == null) {
            throw Refusal.notFound();
        }
        return Answer.json(snapshot);
    }

    /** What nodes of the network sign of themselves, for those that look for it: a line each. */
    private byte[] records() {
        return services.require(PeerDirectory.class).addressRecords(MAX_RECORDS).stream()
                .map(record -> Base64.getUrlEncoder().withoutPadding().encodeToString(record) + '\n')
                .collect(Collectors.joining()).getBytes(StandardCharsets.US_ASCII);
    }

    /** What every number says and is counted in. */
    private SortedMap<String, Object> measures() {
        SortedMap<String, Object> measures = new TreeMap<>();
        services.snapshots().forEach((name, snapshot) -> Measured.of(snapshot, List.of(name), List.of())
                .forEach(each -> measures.put(String.join(".", each.path()),
                        Map.of("text", each.text(), "unit", each.unit(), "counter", each.counter()))));
        return measures;
    }

    private Object history(Request request) {
        return history.of(Stream.of(request.parameter("names").split(",")).filter(name -> !name.isEmpty())
                .collect(Collectors.toSet()), request.decimal("after"), request.number("step", 1));
    }

    private List<ShownSetting> settings(Request request) {
        String filter = request.parameter("filter");
        List<EffectiveSetting> found = services.doctor().map(doctor -> doctor.settings(filter))
                .orElseGet(() -> services.configured().stream().flatMap(Api::effective)
                        .filter(each -> each.holds(filter)).toList());
        return found.stream().map(each -> new ShownSetting(each.pid(), each.description(), each.value(), each.source(),
                each.refused(), each.description().rule(), each.description().choices())).toList();
    }

    private static Stream<EffectiveSetting> effective(NodeServices.Configured configured) {
        Map<String, String> displayed = configured.settings().displayed();
        return configured.settings().schema().settings().stream().map(setting -> new EffectiveSetting(configured.pid(),
                setting, displayed.get(setting.key()), UNKNOWN_SOURCE, ""));
    }

    /** Findings of the last examination, which is repeated in the background, and what limits throughput now. */
    private Object doctor() {
        Optional<Doctor> doctor = services.doctor();
        Checkup.Result last = doctor.map(checkup::last).orElse(Checkup.NONE);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("present", doctor.isPresent());
        answer.put("depth", last.depth());
        answer.put("time", last.time());
        answer.put("findings", last.findings());
        answer.put("probed", last.probed());
        answer.put("since", last.since());
        answer.put("limits", doctor.map(Doctor::limits).orElseGet(List::of));
        return answer;
    }

    private MessageTrace trace(String id) {
        return services.require(MessageTracer.class).trace(message(id)).orElseThrow(() ->
                new Refusal(HttpResponseStatus.NOT_FOUND, "this node does not have that message, or no longer:"
                        + " bodies stay for cacheSeconds of org.ippan.network.gossip"));
    }

    private NetworkTrace way(String id) {
        return services.require(NetworkTracer.class).trace(message(id));
    }

    private static MessageId message(String id) {
        try {
            return MessageId.parse(id);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(e.getMessage());
        }
    }

    private PeerExplanation explain(String who) {
        Optional<Doctor> doctor = services.doctor();
        try {
            if (doctor.isPresent()) {
                return doctor.get().explain(who);
            }
            PeerId id = PeerId.parse(who);
            return new PeerExplanation(services.require(PeerDirectory.class).peer(id).orElseThrow(Refusal::notFound),
                    services.find(ReputationManager.class).flatMap(reputation -> reputation.stats(id)), List.of());
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(e.getMessage());
        }
    }
}
