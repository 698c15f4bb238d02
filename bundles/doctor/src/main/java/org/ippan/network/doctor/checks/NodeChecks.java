// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.settings.SettingsReading;
import org.ippan.network.api.transport.TransportSnapshot;
import org.ippan.network.doctor.look.Look;

/** Whether the node itself is whole: services, settings, listener, key, encryption, state. */
public final class NodeChecks {

    /** Without these no message travels, or no peer is let in. */
    private static final Set<String> VITAL = Set.of("transport", "peers", "gossip", "dedup", "reputation");
    private static final String UNSAVED = "Make room, or the folder writable; until then a restart forgets them.";
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE);

    private final Look look;
    private final Optional<Probes> probes;
    private final Path identity;

    /** Checks of one look; the identity lies where transport keeps it. Without probes the listener is not tried. */
    public NodeChecks(Look look, Optional<Probes> probes, Path identity) {
        this.look = look;
        this.probes = probes;
        this.identity = identity;
    }

    public Map<String, Consumer<Findings>> all() {
        return Map.of("services", this::services, "configuration", this::configuration, "listener", this::listener,
                "identity", this::identity, "shared-identity", this::sharedIdentity, "encryption", this::encryption,
                "scores", this::scores, "address-book", this::addressBook);
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
        if (doubtful.isEmpty()) {
            findings.ok("configuration", "No configuration was refused.");
        }
    }

    private static void configuration(Findings findings, SettingsReading reading) {
        reading.error().ifPresent(error -> {
            if (reading.failedClosed()) {
                findings.fail("configuration", error + ".", "Correct it: the bundle does not serve until then.");
            } else {
                findings.warn("configuration", error + ".", "Correct it; the last good settings are in force.");
            }
        });
        reading.advice().forEach(advice -> findings.warn("configuration", reading.pid() + ": " + advice.key() + ": "
                + advice.text() + ".", capital(advice.remedy()) + "."));
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
                            + " org.ippan.network.transport.");
        } else if (bound.isEmpty()) {
            String refusal = look.now().peers() == null ? "the service peers is absent" : look.now().peers().refusal();
            findings.fail("listener", "The node does not listen" + (refusal.isEmpty() ? "." : ": " + refusal + "."),
                    "Correct what is named there; no peer can connect to the node until then.");
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

    private void identity(Findings findings) {
        if (look.services().transport() == null) {
            return;
        }
        if (!Files.exists(identity)) {
            findings.warn("identity", "There is no key at " + identity + ".",
                    "If it was lost, the node becomes somebody else at its next start: restore it from a copy.");
            return;
        }
        try {
            Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(identity));
            others.removeAll(OWNER);
            if (others.isEmpty()) {
                findings.ok("identity", "The key at " + identity + " is readable by its owner only.");
            } else {
                findings.fail("identity", "The key at " + identity + " is open to more than its owner: "
                        + others.stream().map(one -> one.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                        .collect(Collectors.joining(", ")) + ".",
                        "Run chmod 600 on it; a user who copied it can be this node.");
            }
        } catch (IOException | UnsupportedOperationException e) {
            findings.warn("identity", "Who may read the key at " + identity + " cannot be found out: "
                    + e.getMessage() + ".", "See to it that only the user of the node may.");
        }
    }

    /** Found by their instance ids: only a copied key makes two living nodes the same peer. */
    private void sharedIdentity(Findings findings) {
        if (look.now().peers() == null) {
            return;
        }
        String advice = "Stop one of them, move its identity file away and start it again: it makes a key of its own.";
        String own = look.now().peers().identityElsewhere();
        String others = look.now().peers().sharedIdentities();
        if (!own.isEmpty()) {
            findings.fail("shared-identity", "Another living node uses this node's identity; seen at, or told by the"
                    + " peer at, " + own + ". Peers keep one of the two connected.", advice);
        }
        if (!others.isEmpty()) {
            findings.warn("shared-identity", "Two living nodes use one identity: " + others + ".", advice);
        }
    }

    private void encryption(Findings findings) {
        if (look.now().transport() != null && look.now().transport().tls()) {
            findings.ok("encryption", "Connections are encrypted, and peers prove who they are.");
        } else if (look.now().transport() != null) {
            findings.warn("encryption", "Connections are in plaintext: everybody on the way reads and changes them,"
                    + " and ids are only claimed.", "Set tls=true in org.ippan.network.transport on all nodes.");
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
