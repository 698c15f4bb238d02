// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.checks;

import static org.ippan.network.doctor.checks.Findings.named;
import static org.ippan.network.doctor.checks.Findings.setting;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.settings.SettingsReading;
import org.ippan.network.api.settings.Spelling;
import org.ippan.network.api.transport.TransportSnapshot;
import org.ippan.network.doctor.look.Look;
import org.ippan.network.doctor.look.Services;

/** Whether the node itself is whole: services, settings, listener, encryption, state. */
public final class NodeChecks {

    /** Without these no message travels, or no peer is let in. */
    private static final Set<String> VITAL = Set.of("transport", "peers", "gossip", "dedup", "reputation");
    private static final String PEER = "peers.peer";
    /** What the names of all configurations end with, also of bundles that are not there. */
    private static final List<String> BUNDLES = List.of("chaos", "dedup", "discovery.dns", "discovery.file",
            "discovery.http", "discovery.mdns", "eventadmin", "gossip", "health", "management", "metrics", "nat",
            "peers", PEER, "reputation", "survey", "transport", "transport.websocket", "web");
    private static final String UNSAVED = "Make room, or the folder writable; until then a restart forgets them.";

    private final Look look;
    private final Optional<Probes> probes;

    /** Checks of one look. Without probes the listener is not tried. */
    public NodeChecks(Look look, Optional<Probes> probes) {
        this.look = look;
        this.probes = probes;
    }

    public Map<String, Consumer<Findings>> all() {
        return Map.of("services", this::services, "configuration", this::configuration, "listener", this::listener,
                "encryption", this::encryption, "scores", this::scores, "address-book", this::addressBook);
    }

    private void services(Findings findings) {
        List<String> absent = look.services().byName().entrySet().stream().filter(one -> one.getValue() == null)
                .map(Map.Entry::getKey).toList();
        String advice = "Start their bundles again, or look into the log for why they stopped.";
        if (absent.isEmpty()) {
            findings.ok("services", "All services are there.");
        } else if (absent.stream().anyMatch(VITAL::contains)) {
            findings.fail("services", "Absent: " + String.join(", ", absent) + ".", advice);
        } else {
            findings.warn("services", "Absent: " + String.join(", ", absent) + "; messages travel all the same.",
                    advice);
        }
    }

    private void configuration(Findings findings) {
        List<SettingsReading> doubtful = look.services().configured().stream().map(each -> each.settings().reading())
                .filter(reading -> !reading.errors().isEmpty() || !reading.advice().isEmpty()
                        || !reading.unknown().isEmpty()).toList();
        doubtful.forEach(reading -> configuration(findings, reading));
        List<String> stray = stray();
        stray.forEach(pid -> findings.warn("configuration", pid + ": no bundle has a configuration of this name.",
                "Did you mean " + meant(pid).orElseThrow() + "?"));
        if (doubtful.isEmpty() && stray.isEmpty()) {
            findings.ok("configuration", "No configuration was refused.");
        }
    }

    /** What is stored for a name like that of a bundle, which no bundle has. */
    private List<String> stray() {
        List<String> taken = look.services().configured().stream().map(NodeServices.Configured::pid).toList();
        return look.services().stored().pids().stream().filter(pid -> !taken.contains(pid) && meant(pid).isPresent())
                .toList();
    }

    /** The name that is meant by one that is misspelt; empty for one that exists, or is like none. */
    private static Optional<String> meant(String pid) {
        int tilde = pid.indexOf('~');
        String which = tilde < 0 ? "" : pid.substring(tilde);
        String name = pid.substring(Services.PREFIX.length(), pid.length() - which.length());
        // Some containers number the configurations of a factory behind a dot.
        if (name.equals(PEER) || name.startsWith(PEER + '.') || which.isEmpty() && BUNDLES.contains(name)) {
            return Optional.empty();
        }
        // Of several the configurations of peers alone have names of their own.
        String whole = which.isEmpty() || !name.equals("peers") ? name : PEER;
        return Spelling.nearest(whole, BUNDLES).map(meant -> Services.PREFIX + meant
                + (meant.equals(PEER) ? which : ""));
    }

    private static void configuration(Findings findings, SettingsReading reading) {
        String[] keys = reading.errors().stream().map(error -> named(reading.pid(), error.key()))
                .toArray(String[]::new);
        reading.error().ifPresent(error -> {
            if (reading.failedClosed()) {
                findings.fail("configuration", error + ".", "Correct it: the bundle does not serve until then.", keys);
            } else {
                findings.warn("configuration", error + ".", reading.everGood()
                        ? "Correct it; the last good settings are in force."
                        : "Correct it; no configuration was good yet, so refused keys have their defaults.", keys);
            }
        });
        reading.advice().forEach(advice -> findings.warn("configuration", reading.pid() + ": " + advice.key() + ": "
                + advice.text() + ".", capital(advice.remedy()) + ".", named(reading.pid(), advice.key())));
        reading.unknown().forEach(error -> findings.warn("configuration", reading.pid() + ": unknown key "
                + error.key() + ", which does nothing.", capital(error.remedy()) + (error.remedy().endsWith("?") ? ""
                        : ".")));
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private void listener(Findings findings) {
        TransportSnapshot transport = look.now().transport();
        if (transport == null) {
            return;
        }
        String bound = transport.boundAddress();
        if (!transport.listenError().isEmpty()) {
            findings.fail("listener", "The node does not listen: " + transport.listenError() + ".",
                    "Correct what is named there; if it is the address, free it or set another listenAddress of"
                            + " org.ippan.network.transport.", setting("transport", "listenAddress"));
        } else if (bound.isEmpty()) {
            String refusal = look.now().peers() == null ? "the service peers is absent" : look.now().peers().refusal();
            findings.fail("listener", "The node does not listen" + (refusal.isEmpty() ? "." : ": " + refusal + "."),
                    "Correct what is named there; no peer can connect to the node until then.");
        } else if (gossipRefusal().isPresent()) {
            findings.fail("listener", "The node listens on " + bound + " but takes no messages: "
                    + gossipRefusal().get() + ".", "Correct what is named there; no message travels through the node"
                    + " until then.");
        } else {
            String error = probes.map(known -> known.errors(List.of(PeerAddress.parse(bound))).values().iterator()
                    .next()).orElse("");
            if (error.isEmpty()) {
                findings.ok("listener", "The node listens on " + bound + (probes.isEmpty() ? "."
                        : " and is reached there from itself."));
            } else {
                findings.fail("listener", "The node listens on " + bound + " but cannot be reached there from itself: "
                        + error + ".", "Look for a firewall on this machine, and what is found about"
                        + " file-descriptors.");
            }
        }
    }

    private Optional<String> gossipRefusal() {
        return look.services().configured().stream().filter(each -> each.pid().equals(Services.PREFIX + "gossip"))
                .map(each -> each.settings().reading()).filter(SettingsReading::failedClosed).findFirst()
                .flatMap(SettingsReading::error);
    }

    private void encryption(Findings findings) {
        if (look.now().transport() != null && look.now().transport().tls()) {
            findings.ok("encryption", "Connections are encrypted, and peers prove who they are.");
        } else if (look.now().transport() != null) {
            findings.warn("encryption", "Connections are in plaintext: everybody on the way reads and changes them,"
                    + " and ids are only claimed.", "Set tls=true in org.ippan.network.transport on all nodes.",
                    setting("transport", "tls"));
        }
    }

    private void scores(Findings findings) {
        if (look.now().reputation() != null && !look.now().reputation().lastSaveError().isEmpty()) {
            findings.warn("scores", "Scores and bans cannot be saved: " + look.now().reputation().lastSaveError()
                    + ".", UNSAVED);
        }
    }

    private void addressBook(Findings findings) {
        if (look.now().peers() != null && !look.now().peers().lastSaveError().isEmpty()) {
            findings.warn("address-book", "Addresses of peers cannot be saved: " + look.now().peers().lastSaveError()
                    + ".", UNSAVED);
        }
    }
}
