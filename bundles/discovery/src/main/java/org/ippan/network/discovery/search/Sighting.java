// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.search;

import java.util.List;

/**
 * What one look saw: all that is there now, as far as it could be seen.
 *
 * @param candidates addresses; those seen before and not now are gone
 * @param records signed records, which do not go
 * @param error what could not be seen, or empty
 * @param nextSeconds when to look again
 */
public record Sighting(List<Candidate> candidates, List<byte[]> records, String error, long nextSeconds) {

    /** A look that saw everything there is to see. */
    public static Sighting of(List<Candidate> candidates, long nextSeconds) {
        return new Sighting(candidates, List.of(), "", nextSeconds);
    }
}
