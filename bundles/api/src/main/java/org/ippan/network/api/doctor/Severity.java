// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.doctor;

/** How much a finding matters, least first. */
public enum Severity {
    /** As it should be. */
    OK,
    /** The node works, but not as well or as safely as it could, or will not for long. */
    WARN,
    /** Something does not work. */
    FAIL
}
