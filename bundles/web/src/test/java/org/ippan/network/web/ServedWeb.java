// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingsAdmin;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.web.settings.WebSettings;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A page over real sockets for one test, without any other bundle. */
final class ServedWeb implements BeforeEachCallback, AfterEachCallback {

    static final Duration SOON = Duration.ofSeconds(20);
    static final String TOKEN = "0123456789abcdef";

    final EventLog events = new EventLog(Clock.systemUTC());

    private final NodeServices services = new NodeServices();
    final FakeGossip gossip = new FakeGossip();
    final Web web = new Web(services, events, Clock.systemUTC(), Ticker.system(), "1.0.0", gossip::listen);
    private final LiveSettings<WebSettings> settings =
            new LiveSettings<>(WebSettings.SCHEMA, WebSettings::of, error -> { }, warning -> { });
    private final Map<String, Object> raw = new HashMap<>(Map.of("listenAddress", "127.0.0.1:0"));

    @Override
    public void beforeEach(ExtensionContext context) {
        set(Map.of());
        services.bind("Web", web);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        web.stop();
        Eventually.until("no thread is left", SOON, () -> threads("io") == 0);
    }

    /** How many threads of a role there are. */
    static long threads(String role) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("ippan-web-" + role)).count();
    }

    void set(Map<String, String> changes) {
        raw.putAll(changes);
        settings.update(raw, web::apply);
        Eventually.until("it listens", SOON, () -> !web.snapshot().boundAddress().isEmpty());
    }

    /** From now on messages can be published. */
    void gossips() {
        services.bind("Gossip", gossip);
    }

    /** Its bundle is stopped. */
    void withoutGossip() {
        services.unbind("Gossip", gossip);
    }

    /** A bundle comes that tells. */
    void tells(String name, SnapshotSource source) {
        services.bind(name, source);
    }

    /** Who judges the node from now on. */
    void doctor(Doctor doctor) {
        services.bind(doctor);
    }

    /** Who changes settings from now on. */
    void settingsAdmin(SettingsAdmin admin) {
        services.bind(admin);
    }

    void disable() {
        raw.put("enabled", "false");
        settings.update(raw, web::apply);
    }

    /** Where it is reached from this machine. */
    PeerAddress address() {
        return PeerAddress.tcp("127.0.0.1", PeerAddress.parse(web.snapshot().boundAddress()).port());
    }

    /** A request line with the headers an honest client sends, and more. */
    String request(String line, String... headers) {
        return HttpClient.request(address(), line, headers);
    }

    /** Sends a request and reads what comes until the server closes. */
    String exchange(String request) throws IOException {
        return HttpClient.exchange(address(), request);
    }

    String get(String path, String... headers) throws IOException {
        return exchange(request("GET " + path, headers));
    }

    static void assertStatus(int expected, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + expected + " "), expected + " expected, but: " + answer);
    }
}
