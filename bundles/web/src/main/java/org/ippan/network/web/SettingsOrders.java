// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.settings.ChangeSet;
import org.ippan.network.api.settings.SettingChange;
import org.ippan.network.api.settings.SettingsAdmin;
import org.ippan.network.api.settings.WantedSetting;
import org.ippan.network.web.http.Answer;
import org.ippan.network.web.http.Refusal;
import org.ippan.network.web.http.Request;

/**
 * Settings changed over HTTP. A setting is written as on the command line, {@code PID:KEY=VALUE}, and what the client
 * saw the same way; {@code PID:KEY} stands for its default. Whether a client has the token is judged before. Safe for
 * any thread; a change may take seconds.
 */
final class SettingsOrders {

    static final String PATH = "/settings/";
    static final String CHECK = PATH + "check";

    private final NodeServices services;

    SettingsOrders(NodeServices services) {
        this.services = services;
    }

    /**
     * Says what changes would do.
     *
     * @throws IllegalArgumentException if the request makes no sense
     */
    Answer check(Request request) {
        List<SettingChange> changes;
        try {
            changes = admin().check(wanted(request));
        } catch (IllegalStateException e) {
            throw Refusal.unavailable(e.getMessage());
        }
        return Answer.json(Map.of("changes", changes, "valid", !changes.isEmpty() && changes.stream()
                .allMatch(change -> change.refused().isEmpty() && !change.moved())));
    }

    /**
     * Carries out an order.
     *
     * @param what apply, undo or keep
     * @param request with its parameters
     * @return what was done, in a sentence
     * @throws IllegalArgumentException if the request makes no sense, or is refused
     */
    String carryOut(String what, Request request) {
        try {
            return sentence(switch (what) {
                case "apply" -> admin().apply(wanted(request), request.client());
                case "undo" -> admin().undo(request.number("number", 0), request.client());
                case "keep" -> admin().keep(request.number("number", 0));
                default -> throw Refusal.notFound();
            });
        } catch (IllegalStateException e) {
            throw new Refusal(HttpResponseStatus.CONFLICT, e.getMessage());
        }
    }

    /** With the number by which keep and undo know it. */
    private static String sentence(ChangeSet set) {
        String what = set.text() + "; number=" + set.number() + ".";
        return switch (set.state()) {
            case PENDING -> "In force for 60 s, then back unless it is kept: " + what;
            case KEPT -> "In force: " + what;
            case UNDONE -> "Undone: " + what;
        };
    }

    private SettingsAdmin admin() {
        return services.settingsAdmin().orElseThrow(() -> Refusal.unavailable(
                "settings cannot be changed here: the bundle management is stopped or being updated"));
    }

    private static List<WantedSetting> wanted(Request request) {
        Map<String, String> seen = new HashMap<>();
        request.all("seen").forEach(text -> seen.put(name(text), value(text).orElse("")));
        Map<String, WantedSetting> wanted = new LinkedHashMap<>();
        for (String text : request.all("set")) {
            String name = name(text);
            int colon = name.lastIndexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("set = " + name + ": must be PID:KEY=VALUE, or PID:KEY for its"
                        + " default");
            }
            if (wanted.put(name, new WantedSetting(name.substring(0, colon), name.substring(colon + 1), value(text),
                    Optional.ofNullable(seen.get(name)))) != null) {
                throw new IllegalArgumentException(name + " is given twice");
            }
        }
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("name the settings: set=PID:KEY=VALUE");
        }
        return new ArrayList<>(wanted.values());
    }

    private static String name(String text) {
        int equals = text.indexOf('=');
        return (equals < 0 ? text : text.substring(0, equals)).strip();
    }

    private static Optional<String> value(String text) {
        int equals = text.indexOf('=');
        return equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1));
    }
}
