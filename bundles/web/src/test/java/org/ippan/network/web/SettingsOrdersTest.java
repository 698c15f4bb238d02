// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import static org.ippan.network.web.ServedWeb.TOKEN;
import static org.ippan.network.web.ServedWeb.assertStatus;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.settings.Applies;
import org.ippan.network.api.settings.ChangeSet;
import org.ippan.network.api.settings.SettingChange;
import org.ippan.network.api.settings.SettingsAdmin;
import org.ippan.network.api.settings.WantedSetting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Settings changed over HTTP: who may, how they are written, and what is answered. */
class SettingsOrdersTest {

    private static final String SET = "set=a.pid%3Acapacity%3D124000&seen=a.pid%3Acapacity%3D100000&set=a.pid%3Amode";

    @RegisterExtension
    final ServedWeb served = new ServedWeb();

    private final List<Object> asked = new ArrayList<>();
    private RuntimeException refusal;
    private ChangeSet.State state = ChangeSet.State.PENDING;

    private final SettingsAdmin admin = new SettingsAdmin() {
        @Override
        public List<SettingChange> check(List<WantedSetting> wanted) {
            asked.addAll(wanted);
            return List.of(change());
        }

        @Override
        public ChangeSet apply(List<WantedSetting> wanted, String from) {
            asked.add(from);
            return done();
        }

        @Override
        public ChangeSet undo(long number, String from) {
            asked.add(-number);
            return done();
        }

        @Override
        public ChangeSet keep(long number) {
            asked.add(number);
            return done();
        }

        @Override
        public List<ChangeSet> changes() {
            return List.of(set());
        }
    };

    private static SettingChange change() {
        return new SettingChange("a.pid", "capacity", "100000", "124000", Applies.LIVE, true, false, "");
    }

    private ChangeSet set() {
        return new ChangeSet(3, Instant.EPOCH, "127.0.0.1", List.of(change()), state, Optional.empty());
    }

    private ChangeSet done() {
        if (refusal != null) {
            throw refusal;
        }
        return set();
    }

    @BeforeEach
    void unlock() {
        served.set(Map.of("token", TOKEN));
    }

    private String post(String what, String body, String... headers) throws IOException {
        return served.exchange(served.request("POST /api/v1/settings/" + what, headers).replaceFirst("\r\n\r\n$",
                "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body));
    }

    private String order(String what, String body) throws IOException {
        return post(what, body, "Authorization: Bearer " + TOKEN);
    }

    @Test
    void shouldTellViewersTheLastChangesAndTakeNothingFromThem() throws IOException {
        assertTrue(served.get("/api/v1/settings/changes").endsWith("[]"), "without management there are none");
        served.settingsAdmin(admin);

        assertTrue(served.get("/api/v1/settings/changes").contains("\"before\":\"100000\",\"after\":\"124000\""));
        assertTrue(served.get("/api/v1/node").contains("\"pending\":{\"number\":3,"));
        for (String what : List.of("check", "apply", "undo", "keep")) {
            assertStatus(401, post(what, SET));
        }
        assertEquals(List.of(), asked);
    }

    @Test
    void shouldReadSettingsAsTheCommandLineWritesThem() throws IOException {
        served.settingsAdmin(admin);

        String answer = order("check", SET);

        assertStatus(200, answer);
        assertTrue(answer.contains("\"applies\":\"live\",\"risky\":true,\"moved\":false,\"refused\":\"\"}],"
                + "\"valid\":true") || answer.contains("\"valid\":true,\"changes\":[{\"pid\":\"a.pid\""), answer);
        assertEquals(List.of(new WantedSetting("a.pid", "capacity", Optional.of("124000"), Optional.of("100000")),
                new WantedSetting("a.pid", "mode", Optional.empty(), Optional.empty())), asked);
        assertStatus(400, order("check", ""));
        assertStatus(400, order("check", "set=capacity%3D1"));
        assertStatus(400, order("check", SET + "&set=a.pid%3Amode%3Dx"));
    }

    @Test
    void shouldCarryOutAndSayWhatWasDone() throws IOException {
        served.settingsAdmin(admin);

        String applied = order("apply", SET);
        assertTrue(applied.contains("\"done\":\"In force for 60 s, then back unless it is kept: capacity 100000 "));
        assertTrue(applied.contains("; number=3."), applied);
        state = ChangeSet.State.KEPT;
        assertTrue(order("keep", "number=3").contains("\"done\":\"In force: capacity 100000 "));
        state = ChangeSet.State.UNDONE;
        assertTrue(order("undo", "number=3").contains("\"done\":\"Undone: capacity 100000 "));
        assertEquals(List.of("127.0.0.1", 3L, -3L), asked);
        assertStatus(404, order("forget", SET));
        assertEquals(3, served.web.snapshot().orders());
    }

    @Test
    void shouldTellApartWhatIsWrongAndWhatWasChangedMeanwhile() throws IOException {
        assertStatus(503, order("apply", SET));
        served.settingsAdmin(admin);
        refusal = new IllegalArgumentException("capacity = x: must be a whole number");
        assertStatus(400, order("apply", SET));
        refusal = new IllegalStateException("capacity was changed meanwhile: it is 7 now");

        String answer = order("apply", SET);

        assertStatus(409, answer);
        assertTrue(answer.contains("it is 7 now"), answer);
    }
}
