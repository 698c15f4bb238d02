// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.settings;

import org.ippan.network.api.settings.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may write about one peer; the name of the configuration is the peer's alias. */
@ObjectClassDefinition(id = "org.ippan.network.peers.PeerConfig", name = "ippan-network peer",
        description = "One peer that is always dialled.")
public @interface PeerConfig {
    String PID = "org.ippan.network.peers.peer";

    String ADDRESS = "Where the peer is, as host:port. Empty: the peer is not dialled.";
    String PEER_ID = "Id of the peer, 64 hex digits: only that peer is accepted at the address. Empty: any peer there"
            + " is accepted. Refused at the start: the peer is not dialled.";

    @AttributeDefinition(name = "Address", description = ADDRESS)
    @Setting(text = ADDRESS)
    String address() default "";

    @AttributeDefinition(name = "Peer id", description = PEER_ID)
    @Setting(text = PEER_ID)
    String peerId() default "";
}
