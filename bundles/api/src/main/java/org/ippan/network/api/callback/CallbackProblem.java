// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.callback;

/** What can be wrong with application code that the network calls. */
public enum CallbackProblem {
    /** Its service properties break a rule, so it is not registered, or works on with its last good ones. */
    REFUSED("has service properties that are refused"),
    /** It has service properties of the network's names that do not exist, and so have no effect. */
    MISSPELT("has service properties that do not exist and have no effect"),
    /** It threw, or returned nothing where a result is needed. */
    FAILED("failed; the node goes on"),
    /** A call took longer than allowed and was interrupted. */
    TIMED_OUT("took too long and was interrupted"),
    /** A call does not return although it was interrupted: its thread is lost until it does. */
    STUCK("does not return although it was interrupted; another thread replaces the lost one"),
    /** It is too slow for what comes: messages beyond its bound are ignored, and events are dropped. */
    OVERLOADED("is too slow; what is beyond its bound is ignored"),
    /** A call has not returned for ten seconds: its thread is lost until it does, and what is for it waits. */
    HUNG("has not returned from a call for 10 s; its thread is lost until it does"),
    /** Listeners wait for room to publish, and nothing moves until they return. */
    WAITING("waits for room to publish inside a callback"),
    /** It wants objects of a class for which no format is registered, and gets no message. */
    UNSERVED("waits for a format"),
    /** It failed and is not used any more. */
    DISMISSED("failed and is not used any more");

    private final String words;

    CallbackProblem(String words) {
        this.words = words;
    }

    /** As the log says it of a registration. */
    String words() {
        return words;
    }
}
