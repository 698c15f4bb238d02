// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

/** Whether messages carry a signature of their publisher. */
public enum Signatures {
    /** Own messages carry none; those of others are not looked at. */
    OFF,
    /** Own messages carry one; those of others are not looked at. */
    SIGN,
    /** Own messages carry one; those of others that carry none, or an old or a wrong one, are refused. */
    REQUIRE
}
