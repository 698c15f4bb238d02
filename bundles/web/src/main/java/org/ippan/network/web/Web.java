// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Verdict;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.operator.Orders;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.settings.ChangeSet;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.api.web.WebSnapshot;
import org.ippan.network.web.Gate.Matter;
import org.ippan.network.web.door.Door;
import org.ippan.network.web.door.Taps;
import org.ippan.network.web.http.Answer;
import org.ippan.network.web.http.HttpListener;
import org.ippan.network.web.http.Pipeline;
import org.ippan.network.web.http.Refusal;
import org.ippan.network.web.http.Request;
import org.ippan.network.web.http.Site;
import org.ippan.network.web.http.WebCounters;
import org.ippan.network.web.http.WebThreads;
import org.ippan.network.web.metrics.Exposition;
import org.ippan.network.web.metrics.ProcessMetrics;
import org.ippan.network.web.metrics.VerdictNumber;
import org.ippan.network.web.settings.WebSettings;

/**
 * The node over HTTP: who asks is judged by the {@link Gate}, then the page, Prometheus, {@link Verdict}, the {@link
 * Api}, {@link WebOrders} or the {@link Door} answer. Safe for any thread; nothing here blocks.
 */
final class Web implements SnapshotSource, Site {

    /** Whose failure a restart may heal. */
    private static final List<String> LIVE = List.of("services");
    private static final long SAMPLE_SECONDS = 1;
    /** A look at how the node fares costs more than a sample of its numbers. */
    private static final long LOOK_SECONDS = 5;

    private final WebThreads threads = new WebThreads();
    private final WebCounters counters = new WebCounters();
    private final NodeServices services;
    private final EventLog events;
    private final Clock clock;
    private final String version;
    private final Instant started;
    private final Pages pages = new Pages();
    private final Api api;
    private final WebOrders orders;
    private final Door door;
    private final Taps taps;
    private final Onsets onsets;
    private final Pipeline pipeline;
    private final HttpListener listener;
    private volatile Gate gate;
    private volatile WebSettings settings;

    /**
     * Serves nothing before {@link #apply}.
     *
     * @param services what there is to be shown
     * @param events the last decisions
     * @param clock of this node
     * @param ticker of this node
     * @param version of ippan-network
     * @param listeners registers a listener for topics, and gives what ends that
     */
    Web(NodeServices services, EventLog events, Clock clock, Ticker ticker, String version,
            BiFunction<GossipListener, List<String>, Runnable> listeners) {
        this.services = services;
        this.events = events;
        this.clock = clock;
        this.version = version;
        started = clock.instant();
        onsets = new Onsets(clock);
        History history = new History(services, clock);
        api = new Api(services, this::node, history, new Checkup(threads.work, clock));
        orders = new WebOrders(new Orders(services, ticker), new SettingsOrders(services), counters);
        taps = new Taps(listeners, clock, ticker);
        door = new Door(() -> services.require(Gossip.class), listeners, counters);
        pipeline = new Pipeline(() -> settings, counters, threads, ticker, this);
        listener = new HttpListener(threads, pipeline);
        threads.loop.scheduleWithFixedDelay(() -> whileShown(history::sample), 0, SAMPLE_SECONDS, TimeUnit.SECONDS);
        threads.loop.scheduleWithFixedDelay(() -> whileShown(this::look), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** Takes over settings: opens, moves or closes the listener where they say so, and keeps every connection. */
    void apply(WebSettings changed) {
        settings = changed;
        gate = new Gate(changed);
        door.apply(changed);
        if (changed.enabled()) {
            listener.open(changed.listen());
        } else {
            shut("");
        }
    }

    /**
     * Serves no client until the next settings.
     *
     * @param why for the operator, or empty
     */
    void shut(String why) {
        listener.close(why);
        door.endAll();
        taps.endAll();
        pipeline.closeAll();
    }

    /** Ends everything, in a bounded time. */
    void stop() {
        shut("");
        threads.stop();
        // What a worker had begun to open.
        door.endAll();
        taps.endAll();
    }

    @Override
    public WebSnapshot snapshot() {
        return counters.snapshot(listener);
    }

    private void look() {
        taps.expire();
        onsets.of(services.verdict().reasons());
    }

    private void whileShown(Runnable look) {
        if (settings != null && settings.enabled()) {
            try {
                threads.work.execute(look);
            } catch (RejectedExecutionException e) {
                // Too busy to look: the plots have a gap here.
                return;
            }
        }
    }

    @Override
    public boolean takesBytes(HttpRequest head) {
        try {
            return head.method().equals(HttpMethod.POST) && new QueryStringDecoder(head.uri()).path().equals(Door.PATH);
        } catch (IllegalArgumentException e) { // Malformed, which is said when it is answered.
            return false;
        }
    }

    @Override
    public int mostBytes() {
        return Door.MOST_BYTES;
    }

    @Override
    public void admit(Request head) {
        check(head);
        door.admit();
    }

    private void check(Request request) {
        String path = request.path();
        boolean messages = path.equals(Door.PATH) || path.equals(Taps.PATH) || path.startsWith(Api.TRACES)
                || path.startsWith(Api.WAYS);
        Matter matter = messages ? Matter.MESSAGES
                : pages.find(path).isPresent() || path.startsWith("/health/") ? Matter.PUBLIC : Matter.SHOWN;
        try {
            gate.check(request, matter);
        } catch (Refusal e) {
            if (e.status().equals(HttpResponseStatus.UNAUTHORIZED)) {
                counters.unauthorized.increment();
            }
            throw e;
        }
    }

    @Override
    public Answer answer(Request request) {
        check(request);
        String path = request.path();
        if (path.equals(Door.PATH)) {
            return door.answer(request);
        }
        if (path.equals(Taps.PATH)) {
            return taps.answer(request);
        }
        if (path.equals(Api.ROOT) || path.startsWith(Api.ROOT + "/")) {
            String below = path.substring(Api.ROOT.length());
            return request.isPost() ? orders.carryOut(below, request) : api.answer(below, request);
        }
        return switch (path) {
            case "/metrics" -> metrics(request);
            case "/health/live" -> health(services.doctor().map(doctor -> services.verdict().only(LIVE))
                    .orElseGet(() -> Verdict.of(List.of())));
            case "/health/ready" -> health(services.verdict());
            default -> pages.find(path).orElseThrow(Refusal::notFound);
        };
    }

    /** 503 only if the node takes no part in the network: lone nodes could not find each other otherwise. */
    private static Answer health(Verdict verdict) {
        return Answer.json(verdict.ready() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE, verdict);
    }

    private Answer metrics(Request request) {
        Exposition exposition = new Exposition();
        services.snapshots().forEach(exposition::add);
        exposition.build(version, network(), id());
        if (settings.processMetrics()) {
            exposition.addOthers(ProcessMetrics.all());
        }
        List<Finding> found = services.glance();
        exposition.add("Node", VerdictNumber.of(Verdict.of(found))).addAll(VerdictNumber.findings(found));
        services.find(PeerDirectory.class).ifPresent(directory -> exposition.add(directory.peers()));
        return exposition.answer(request.headers().get(HttpHeaderNames.ACCEPT));
    }

    /** What the network is called: nodes of other networks are refused. */
    private String network() {
        return services.setting("peers", "networkId").orElse("");
    }

    private String id() {
        return services.find(PeerDirectory.class).flatMap(PeerDirectory::localId).map(PeerId::toString).orElse("");
    }

    private NodeView node(Request request) {
        Verdict verdict = services.verdict();
        return new NodeView(network(),
                id(), services.setting("survey", "name").orElse(""), version, clock.instant(), started,
                services.find(Transport.class).flatMap(Transport::listenAddress).map(PeerAddress::toString).orElse(""),
                !settings.token().isEmpty(), verdict, onsets.of(verdict.reasons()), services.snapshots(),
                services.find(PeerDirectory.class).map(PeerDirectory::peers).orElseGet(List::of),
                services.changes().stream().filter(set -> set.state() == ChangeSet.State.PENDING).findFirst(),
                events.after(request.number("after", 0)));
    }
}
