// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.record;

import org.ippan.network.api.survey.IgnoreReason;

/** Bytes that are no record this node can read. It has no stack trace: peers can cause many. */
public final class RecordException extends Exception {

    private static final long serialVersionUID = 1;

    private final IgnoreReason reason;

    RecordException(IgnoreReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** Why they are not read. */
    public IgnoreReason reason() {
        return reason;
    }
}
