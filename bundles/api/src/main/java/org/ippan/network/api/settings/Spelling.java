// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which name was meant by a misspelt one. Stateless. */
public final class Spelling {

    /** Farther than this from every known name, or than half of its length, a misspelt one is not guessed at. */
    private static final int MAX_TYPOS = 4;

    private Spelling() {
    }

    /**
     * The known name that is most like a misspelt one.
     *
     * @param written what is not known
     * @param known what there is
     * @return the name, in whatever case it was written; empty if none is like it
     */
    public static Optional<String> nearest(String written, Collection<String> known) {
        return known.stream().min(Comparator.comparingInt(name -> distance(name, written)))
                .filter(name -> distance(name, written) <= Math.min(MAX_TYPOS, name.length() / 2));
    }

    /**
     * What to write instead of a misspelt name.
     *
     * @param written what is not known
     * @param known what there is
     * @return for example {@code did you mean banThreshold?}, or all that is known
     */
    public static String remedy(String written, Collection<String> known) {
        return nearest(written, known).map(name -> "did you mean " + name + "?")
                .orElseGet(() -> "known are " + String.join(", ", known));
    }

    /** Edit distance (Levenshtein) without regard to case, by rows. */
    private static int distance(String known, String written) {
        String left = known.toLowerCase(Locale.ROOT);
        String right = written.toLowerCase(Locale.ROOT);
        int[] row = new int[right.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int substituted = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
