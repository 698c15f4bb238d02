// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.fuzz;

/** What Jazzer calls in the process of one decoder, which the system property {@code decoder} names. */
public final class FuzzTarget {

    private static final Decoder DECODER = Decoder.valueOf(System.getProperty("decoder"));

    private FuzzTarget() {
    }

    /** Whatever escapes is a finding. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        DECODER.accepts(bytes);
    }
}
