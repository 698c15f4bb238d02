// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.rate;

/**
 * How much of something limited peers may use together that opened their links: three quarters. A quarter is left to
 * links that this node opened, as no stranger can choose those ({@code docs/security.md}). Stateless.
 */
public final class StrangersPart {

    private static final int QUARTERS = 4;

    private StrangersPart() {
    }

    /**
     * {@return how much of it strangers may use}
     *
     * @param most how much there is: places, bytes or tokens
     */
    public static long of(long most) {
        return most - left(most);
    }

    /**
     * {@return how much of it is left to links that this node opened}
     *
     * @param most how much there is
     */
    public static long left(long most) {
        return (most + QUARTERS - 1) / QUARTERS;
    }
}
