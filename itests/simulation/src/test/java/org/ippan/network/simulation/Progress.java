// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

/** Is told how a long run goes on. */
@FunctionalInterface
interface Progress {

    Progress NONE = overlay -> { };

    /** The overlay has got so far. */
    void at(Overlay overlay);
}
