// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.survey;

import org.ippan.network.api.snapshot.Described;

/** Why a question after a message, or an answer, was neither heeded nor passed on. */
public enum TraceIgnored implements Described {
    /** It is neither a question nor an answer, or is cut short. */
    MALFORMED("Questions and answers against the format."),
    /** Its signature is not that of the node it names, for this network. */
    FORGED("Questions and answers whose signature is wrong."),
    /** That node asked less than 30 seconds ago. */
    TOO_FAST("Questions less than 30 seconds after the last one of that node."),
    /** Four questions are open already, or too many signatures were to be checked. */
    BUSY("Questions while four are open, and what came when too many signatures were to be checked."),
    /** No such question is open, that node answered it already, or 400 did. */
    UNASKED("Answers to no open question, second ones of a node, and those beyond 400.");

    private final String description;

    TraceIgnored(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
