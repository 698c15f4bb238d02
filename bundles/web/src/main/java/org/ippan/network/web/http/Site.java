// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import io.netty.handler.codec.http.HttpRequest;

/** What is behind the listener. Safe for any thread. */
public interface Site {

    /** Whether the body of a request is bytes of a program, which may be long, and no form. Told of the head only. */
    boolean takesBytes(HttpRequest head);

    /** The longest of such bodies. */
    int mostBytes();

    /**
     * Judges such a request before its body is read. Does not block.
     *
     * @throws Refusal if the client may not send it
     */
    void admit(Request head);

    /** Answers a request; may take a while. */
    Answer answer(Request request);
}
