// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.survey.IgnoreReason;
import org.ippan.network.api.survey.NodeNumbers;
import org.ippan.network.api.survey.NodeTopic;
import org.ippan.network.api.transport.NodeKeys;
import org.ippan.network.testkit.TestIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of a status record: what is written is read again, and nothing else is believed. */
class RecordTest {

    private static final TestIdentity ALICE = TestIdentity.of(1);
    private static final byte[] TAG = new byte[16];
    private static final StatusRecord WHOLE = new StatusRecord(ALICE.id(), new StatusRecord.Life(7, 8, true), 10, 60,
            StatusRecord.Told.WITHHELD, "paris", "1.0.0", List.of(
                    new Finding("listener", Severity.FAIL, "It does not listen.", "")),
            new NodeNumbers(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13),
            List.of(new ToldLink(-5, 30, true, false, true), new ToldLink(6, 0, false, true, false)),
            List.of(new NodeTopic("news", 9, 2)));

    @Test
    void shouldReadWhatWasWritten() throws RecordException {
        byte[] bytes = RecordWriter.write(WHOLE, ALICE, TAG);

        assertEquals(WHOLE, RecordReader.read(bytes));
        assertTrue(RecordReader.isGenuine(bytes, TAG));
    }

    @Test
    void shouldTellAllLinksAndLeaveOutWhatDoesNotFit() throws RecordException {
        byte[] bytes = RecordWriter.write(SampleRecords.largest(ALICE.id()), ALICE, TAG);

        StatusRecord read = RecordReader.read(bytes);

        assertTrue(bytes.length <= RecordFormat.MAX_LENGTH, bytes.length + " bytes");
        assertEquals(32, read.links().size());
        assertEquals(StatusRecord.Word.TELLS, read.word(159L << 48));
        assertEquals(StatusRecord.Word.LACKS, read.word(160L << 48));
        assertEquals(Severity.FAIL, read.severity());
        assertEquals(SampleRecords.largest(ALICE.id()).numbers(), read.numbers());
        assertTrue(RecordReader.isGenuine(bytes, TAG));
    }

    @Test
    void shouldSayNothingOfLinksBeyondThoseThatFit() throws RecordException {
        StatusRecord largest = SampleRecords.largest(ALICE.id());
        List<ToldLink> more = new ArrayList<>(largest.links());
        more.add(new ToldLink(-1, 1, true, true, false));

        StatusRecord read = RecordReader.read(RecordWriter.write(new StatusRecord(largest.id(), largest.life(), 10, 60,
                StatusRecord.Told.ALL, "", "", List.of(), NodeNumbers.NONE, more, List.of()), ALICE, TAG));

        assertEquals(StatusRecord.Told.cut(""), read.told());
        assertEquals(StatusRecord.Word.UNKNOWN, read.word(5));
    }

    @Test
    void shouldHaveAbout400BytesWith16Links() {
        StatusRecord usual = new StatusRecord(ALICE.id(), WHOLE.life(), 10, 60, StatusRecord.Told.ALL, "paris", "1.0.0",
                WHOLE.findings(), WHOLE.numbers(), SampleRecords.largest(ALICE.id()).links().subList(0, 16), List.of());

        int length = RecordWriter.write(usual, ALICE, TAG).length;

        assertTrue(length > 300 && length <= 450, length + " bytes");
    }

    @Test
    void shouldSkipWhatANewerVersionAppends() throws RecordException {
        byte[] bytes = RecordWriter.write(WHOLE, ALICE, TAG);
        int end = bytes.length - NodeKeys.SIGNATURE_LENGTH;
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 20);
        Arrays.fill(longer, end, end + 20, (byte) 0xEE);
        System.arraycopy(ALICE.sign(RecordFormat.toSign(TAG, longer, end + 20)), 0, longer, end + 20,
                NodeKeys.SIGNATURE_LENGTH);

        assertEquals(WHOLE, RecordReader.read(longer));
        assertTrue(RecordReader.isGenuine(longer, TAG));
    }

    @Test
    void shouldReadFewerAndMoreNumbersThanItKnows() throws RecordException {
        byte[] bytes = RecordWriter.write(SampleRecords.of(ALICE.id(), 1), ALICE, TAG);
        int count = bytes.length - NodeKeys.SIGNATURE_LENGTH - 2 - 13 * 4 - 1;
        assertEquals(13, bytes[count]);
        ByteBuffer fewer = ByteBuffer.allocate(bytes.length - 4).put(bytes, 0, count).put((byte) 12)
                .put(bytes, count + 1, 12 * 4).put(bytes, count + 53, bytes.length - count - 53);
        ByteBuffer more = ByteBuffer.allocate(bytes.length + 4).put(bytes, 0, count).put((byte) 14)
                .put(bytes, count + 1, 13 * 4).putInt(-1).put(bytes, count + 53, bytes.length - count - 53);

        assertEquals(NodeNumbers.NONE, RecordReader.read(fewer.array()).numbers());
        assertEquals(NodeNumbers.NONE, RecordReader.read(more.array()).numbers());
    }

    @Test
    void shouldNotBelieveARecordOfAnotherNetworkOrOneThatWasChanged() {
        byte[] bytes = RecordWriter.write(WHOLE, ALICE, TAG);
        byte[] otherTag = new byte[16];
        otherTag[3] = 1;

        assertFalse(RecordReader.isGenuine(bytes, otherTag));
        for (int i = 0; i < bytes.length; i += 7) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            assertFalse(RecordReader.isGenuine(changed, TAG), "byte " + i);
        }
    }

    @Test
    void shouldRefuseARecordThatIsCutShortAnywhere() {
        byte[] bytes = RecordWriter.write(WHOLE, ALICE, TAG);

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertEquals(IgnoreReason.MALFORMED,
                    assertThrows(RecordException.class, () -> RecordReader.read(cut)).reason(), length + " bytes");
        }
        byte[] tooLong = Arrays.copyOf(bytes, RecordFormat.MAX_LENGTH + 1);
        assertEquals(IgnoreReason.MALFORMED,
                assertThrows(RecordException.class, () -> RecordReader.read(tooLong)).reason());
    }

    @Test
    void shouldSayOfAnotherFormatThatItIsOne() {
        byte[] bytes = RecordWriter.write(WHOLE, ALICE, TAG);
        bytes[0] = 2;

        assertEquals(IgnoreReason.NEWER_FORMAT,
                assertThrows(RecordException.class, () -> RecordReader.read(bytes)).reason());
    }

    @Test
    void shouldSurviveAnyBytes() {
        long seed = 4;
        Random random = new Random(seed);
        byte[] genuine = RecordWriter.write(SampleRecords.largest(ALICE.id()), ALICE, TAG);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = genuine.clone();
            for (int changes = random.nextInt(8); changes >= 0; changes--) {
                bytes[34 + random.nextInt(bytes.length - 34)] = (byte) random.nextInt();
            }
            try {
                StatusRecord read = RecordReader.read(bytes);
                assertTrue(read.links().size() <= StatusRecord.MAX_LINKS && read.findings().size() <= 4
                        && read.topics().size() <= 8, "seed " + seed);
            } catch (RecordException e) {
                assertEquals(IgnoreReason.MALFORMED, e.reason(), "seed " + seed);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"paris, 32, paris", "'a\u0007b', 32, 'a b'", "'a\nFAIL', 32, 'a FAIL'", "'a\u202Eb', 32, 'a b'",
        "ééé, 5, éé", "'\uD83D\uDE00', 3, ''", "'  a  ', 32, a"})
    void shouldShowTextsInOneLineOfWhatIsPrinted(String text, int bytes, String shown) {
        assertEquals(shown, RecordFormat.clean(text, bytes));
    }

    @ParameterizedTest
    @CsvSource({"its threads run, 16, its threads run", "its threads run, 15, its threads run",
        "its threads run, 14, its threads…", "unbreakable, 8, unbre…"})
    void shouldEndLongFindingsWithAWholeWord(String text, int bytes, String told) {
        assertEquals(told, RecordFormat.shortened(text, bytes));
    }

    @Test
    void shouldOrderRecordsByLifeAndPlaceWithoutAnEndAfterTheLast() {
        StatusRecord.Life first = new StatusRecord.Life(5, 1, false);

        assertTrue(new StatusRecord.Life(5, 2, false).isAfter(first));
        assertFalse(new StatusRecord.Life(5, 1, false).isAfter(first));
        assertFalse(new StatusRecord.Life(4, 9, false).isAfter(first));
        assertTrue(new StatusRecord.Life(6, 1, false).isAfter(first));
        assertFalse(new StatusRecord.Life(5, 9, false).isAfter(new StatusRecord.Life(5, 2, true)));
        assertTrue(new StatusRecord.Life(6, 1, false).isAfter(new StatusRecord.Life(5, 2, true)));
    }
}
