// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The quick form of {@code mvn -Pfuzz}: changes of good bytes, and noise, from a seed. */
class DecoderTest {

    private static final long SEED = 13;
    private static final int CASES = 4_000;
    private static final int LONGEST_NOISE = 200;
    private static final int[] EXTREMES = {0, 1, 0x7F, 0x80, 0xFF};

    @ParameterizedTest
    @EnumSource
    void shouldTakeAnyBytes(Decoder decoder) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<byte[]> seeds = new ArrayList<>(decoder.seeds());
        seeds.add(new byte[0]);
        int accepted = 0;
        for (byte[] seed : seeds) {
            accepted += tries(decoder, seed) ? 1 : 0;
        }
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
            if (bytes.length == 0 || random.nextInt(10) == 0) {
                bytes = new byte[random.nextInt(LONGEST_NOISE)];
                random.nextBytes(bytes);
            }
            for (int changes = random.nextInt(5); changes > 0 && bytes.length > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt()
                        : EXTREMES[random.nextInt(EXTREMES.length)]);
            }
            if (random.nextInt(4) == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(2 * bytes.length + 2));
            }
            accepted += tries(decoder, bytes) ? 1 : 0;
        }

        assertTrue(accepted > 0, "nothing was ever well-formed");
    }

    /** A peer or router that could make the node print a line for each answer could fill a disk. */
    @ParameterizedTest
    @EnumSource
    void shouldPrintNothing(Decoder decoder) {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            for (byte[] seed : decoder.seeds()) {
                byte[] bytes = seed.clone();
                bytes[bytes.length / 2] = (byte) 0xFF;
                tries(decoder, bytes);
            }
        } finally {
            System.setErr(before);
        }

        assertEquals(List.of(), printed.toString(StandardCharsets.UTF_8).lines()
                .filter(line -> !line.startsWith("SLF4J")).toList());
    }

    private static boolean tries(Decoder decoder, byte[] bytes) {
        try {
            return decoder.accepts(bytes);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(decoder + " of " + HexFormat.of().formatHex(bytes), e);
        }
    }
}
