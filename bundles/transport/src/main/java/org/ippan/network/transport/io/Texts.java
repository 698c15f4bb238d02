// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.io;

import org.ippan.network.api.Causes;

/** Text for operators, free of what strangers might have put into it. */
public final class Texts {

    /** Why nothing is opened any more. */
    public static final String STOPPED = "the transport has stopped";

    private static final int MAX_LENGTH = 200;
    /** The alert of a server of TLS that speaks none of the protocols it was offered (RFC 7301). */
    private static final String NO_PROTOCOL = "no_application_protocol";

    private Texts() {
    }

    /** What went wrong, in one short line without control characters. */
    public static String clean(Throwable failure) {
        return clean(Causes.text(failure));
    }

    /** A text of any length, in one short line without control characters. */
    public static String clean(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH);
    }

    /** Whether a server of TLS ended a handshake as it speaks none of the protocols it was offered. */
    public static boolean isNoProtocol(Throwable failure) {
        return clean(failure).contains(NO_PROTOCOL);
    }
}
