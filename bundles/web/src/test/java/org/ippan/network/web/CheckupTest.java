// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.EffectiveSetting;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Load;
import org.ippan.network.api.doctor.PeerExplanation;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

class CheckupTest {

    private static final Finding LISTENS = finding("listener", Severity.OK, "The node listens on 10.0.0.1:9700.");
    private static final Finding REACHED = finding("listener", Severity.OK, "It listens, and is reached.");
    private static final Finding UNREACHED = finding("listener", Severity.FAIL, "It listens, and is not reached.");
    private static final Finding WELL = finding("network", Severity.OK, "No node of 5 is gone.");
    private static final Finding GONE = finding("network", Severity.WARN, "1 of 5 nodes is gone: oslo.");
    private static final Finding REFUSED = finding("seeds", Severity.WARN, "lyon is not connected: refused.");
    private static final Finding BANNED = finding("seeds", Severity.WARN, "rome is not connected: banned.");
    private static final Finding ALL = finding("seeds", Severity.OK, "2 configured peers, all connected.");
    private static final Instant BEGIN = Instant.parse("2026-11-24T10:00:00Z");

    private final ManualScheduler scheduler = new ManualScheduler();
    private final Examined doctor = new Examined();
    private final Checkup checkup = new Checkup(Runnable::run, scheduler.clock(BEGIN));

    private static Finding finding(String check, Severity severity, String text) {
        return new Finding(check, severity, text, "");
    }

    /** Finds what a test says. */
    private static final class Examined implements Doctor {

        private List<Finding> glance = List.of();
        private List<Finding> examination = List.of();

        @Override
        public List<Finding> examine() {
            return examination;
        }

        @Override
        public List<Finding> glance() {
            return glance;
        }

        @Override
        public List<Finding> limits() {
            throw new AssertionError();
        }

        @Override
        public PeerExplanation explain(String who) {
            throw new AssertionError();
        }

        @Override
        public List<EffectiveSetting> settings(String filter) {
            throw new AssertionError();
        }

        @Override
        public List<Finding> size(Load load) {
            throw new AssertionError();
        }
    }

    private void examined(List<Finding> glance, List<Finding> examination) {
        doctor.glance = glance;
        doctor.examination = examination;
        checkup.last(doctor);
    }

    @Test
    void shouldTellAtOnceWhatTheOtherSurfacesTell() {
        examined(List.of(LISTENS, WELL), List.of(REACHED, WELL, ALL));
        scheduler.advance(Duration.ofSeconds(5));

        doctor.glance = List.of(GONE, LISTENS);
        Checkup.Result first = checkup.last(doctor);
        scheduler.advance(Duration.ofSeconds(4));
        Checkup.Result second = checkup.last(doctor);
        doctor.glance = List.of(LISTENS, WELL);

        assertEquals(Checkup.Depth.EXAMINATION, first.depth());
        assertEquals(List.of(GONE, REACHED, ALL), first.findings());
        assertEquals(BEGIN.plusSeconds(5), second.since().get("network " + GONE.text()));
        assertEquals(List.of(REACHED, WELL, ALL), checkup.last(doctor).findings(), "it ends as soon");
    }

    @Test
    void shouldKeepWhatOnlyConnectingShows() {
        examined(List.of(LISTENS, WELL), List.of(UNREACHED, REFUSED, WELL));
        scheduler.advance(Duration.ofSeconds(5));

        Checkup.Result told = checkup.last(doctor);

        assertEquals(List.of(UNREACHED, REFUSED, WELL), told.findings());
        assertEquals(List.of(UNREACHED, REFUSED), told.probed());
        assertEquals(BEGIN, told.since().get("seeds " + REFUSED.text()));
    }

    /** One peer is seen to be away at a glance, another one only if it is tried. */
    @Test
    void shouldTellOfBothPeersThatAreAway() {
        examined(List.of(BANNED), List.of(BANNED, REFUSED));

        assertEquals(List.of(BANNED, REFUSED), checkup.last(doctor).findings());
    }

    @Test
    void shouldForgetAtOnceWhatIsNoLongerSeen() {
        examined(List.of(BANNED), List.of(BANNED, REFUSED));

        doctor.glance = List.of();

        assertEquals(List.of(REFUSED), checkup.last(doctor).findings());
    }

    @Test
    void shouldNotCallAllConnectedWhenOneIsSeenToBeAway() {
        examined(List.of(LISTENS), List.of(REACHED, ALL));

        doctor.glance = List.of(BANNED, LISTENS);

        assertEquals(List.of(BANNED, REACHED), checkup.last(doctor).findings());
    }
}
