// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.survey;

import org.ippan.network.api.snapshot.Described;

/** Why a status record of another node was not taken. */
public enum IgnoreReason implements Described {
    /** It is no record: too long, cut short, or against the format. */
    MALFORMED("Records against the format."),
    /** Its signature is not that of the node it names, for this network. */
    FORGED("Records whose signature is wrong."),
    /** The link it came over brought so many that its signature was not checked. */
    UNCHECKED("Records beyond those whose signatures are checked for each link."),
    /** A record of that node that is as new or newer is there. */
    OLD("Records that are not newer than the one of that node that is there."),
    /** The last one of that node is less than 2 seconds old. */
    TOO_FAST("Records that came less than 2 seconds after the last one of that node."),
    /** It names this node, which did not send it. */
    OWN("Records in the name of this node."),
    /** It has another format; it is passed on all the same. */
    NEWER_FORMAT("Records of another format, which are passed on."),
    /** The table is full of peers of this node; it is passed on all the same. */
    NO_ROOM("Records for which the table has no room, which are passed on."),
    /** It was taken, and another one gave way to a new node later. */
    EVICTED("Records that gave way to those of other nodes because the table was full.");

    private final String description;

    IgnoreReason(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
