// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.survey.IgnoreReason;
import org.ippan.network.survey.Village.House;
import org.ippan.network.survey.record.RecordWriter;
import org.ippan.network.survey.record.SampleRecords;
import org.ippan.network.survey.retell.Retold;
import org.ippan.network.survey.settings.SurveySettings;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

/** A signature takes longer to check than all the rest of a record: of each link, so many are checked in a second. */
class ChecksTest {

    private static final int PER_SECOND = 100;
    private static final int AT_ONCE = 200;
    private static final int FLOOD = 1000;
    private static final int MOST_LINKS = 1024;

    private final Village village = Village.ring(3, 1, Map.of("maxNodes", 10));
    private final House here = village.houses.get(0);

    private static byte[] record(int stranger) {
        TestIdentity identity = TestIdentity.of(stranger);
        return RecordWriter.write(SampleRecords.of(identity.id(), 1), identity, Village.TAG);
    }

    private static byte[] forged(int stranger) {
        byte[] record = record(stranger);
        record[record.length - 1] ^= 1;
        return record;
    }

    private Verdict hear(PeerId from, byte[] record) {
        return here.survey.validate(new Heard(record, Duration.ZERO, from));
    }

    private long ignored(IgnoreReason reason) {
        return here.survey.snapshot().recordsIgnored().get(reason);
    }

    @Test
    void shouldCheckSoManySignaturesOfALinkAndThoseOfOtherLinksAllTheSame() {
        village.pass(25);
        byte[] forged = forged(77);
        for (int i = 0; i < FLOOD; i++) {
            assertEquals(Verdict.IGNORE, hear(Peers.carol(), forged));
        }

        assertEquals(AT_ONCE, ignored(IgnoreReason.FORGED));
        assertEquals(FLOOD - AT_ONCE, ignored(IgnoreReason.UNCHECKED));
        assertEquals(Verdict.IGNORE, hear(Peers.carol(), record(77)), "over the link that brought the others");
        assertEquals(Verdict.ACCEPT, hear(Peers.peer(9), record(77)), "over another link");

        village.pass(1);
        byte[] another = forged(78);
        for (int i = 0; i < FLOOD; i++) {
            hear(Peers.carol(), another);
        }
        assertEquals(AT_ONCE + PER_SECOND, ignored(IgnoreReason.FORGED));
    }

    @Test
    void shouldCheckNoMoreOfWhatAPeerRetells() {
        village.pass(25);

        Retold forged = new Retold(0, forged(77));
        for (int i = 0; i < FLOOD; i++) {
            here.survey.hear(Peers.carol(), forged);
        }

        assertEquals(AT_ONCE, ignored(IgnoreReason.FORGED));
    }

    @Test
    void shouldRememberPeersOnlyWhileTheyBringRecordsAndOnlySoMany() {
        Checks checks = new Checks(SurveySettings.of(SurveySettings.SCHEMA.parse(
                Map.of("maxNodes", 10, "budgetBytesPerSecond", 1_000_000))), 0);
        int allowed = 0;
        for (int peer = 0; peer < 5000; peer++) {
            allowed += checks.allow(Peers.peer(10 + peer), 0) ? 1 : 0;
        }
        assertEquals(MOST_LINKS, checks.size());
        assertEquals(MOST_LINKS + AT_ONCE, allowed, "all beyond these share what one has");

        checks.tick(TimeUnit.MINUTES.toNanos(5));

        assertEquals(0, checks.size());
    }
}
