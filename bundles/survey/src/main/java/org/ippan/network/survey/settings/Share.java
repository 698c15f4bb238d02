// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.settings;

/** Whether this node tells its status to the network. */
public enum Share {
    /** Where only members, or only this machine, can hear it. */
    AUTO,
    /** Always. */
    ON,
    /** Never; what others tell is shown all the same. */
    OFF
}
