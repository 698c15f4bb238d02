// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.settings;

/** What keys mean that several sources have. */
final class Texts {

    static final String MAX_ADDRESSES = "How many addresses of this source are told to the node at a time. Higher: more"
            + " peers can be found. Lower: a source that lies fills less of the address book.";
    static final String ALLOW_LOOPBACK = "Whether addresses of this machine are told to the node. true: nodes on one"
            + " machine find each other. false: a source cannot make the node connect to services of its own machine.";
    static final String ALLOW_PRIVATE = "Whether addresses of private networks (10.0.0.0/8, 172.16.0.0/12,"
            + " 192.168.0.0/16, 100.64.0.0/10, fc00::/7) are told to the node. true: nodes of one site find each other."
            + " false: a source cannot make the node connect to machines of its own site.";

    private Texts() {
    }
}
