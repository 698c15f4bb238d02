// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.callback;

/** What can be wrong with application code that the network calls. */
public enum CallbackProblem {
    /** Its service properties break a rule, so it is not registered, or works on with its last good ones. */
    REFUSED,
    /** It has service properties of the network's names that do not exist, and so have no effect. */
    MISSPELT,
    /** It threw, or returned nothing where a result is needed. */
    FAILED,
    /** A call took longer than allowed and was interrupted. */
    TIMED_OUT,
    /** A call does not return although it was interrupted: its thread is lost until it does. */
    STUCK,
    /** It is too slow for what comes: messages beyond its bound are ignored. */
    OVERLOADED,
    /** A call has not returned for ten seconds: its thread is lost until it does, and what is for it waits. */
    HUNG,
    /** Listeners wait for room to publish, and nothing moves until they return. */
    WAITING,
    /** It failed and is not used any more. */
    DISMISSED
}
