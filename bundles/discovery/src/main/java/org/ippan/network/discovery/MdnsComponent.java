// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery;

import java.util.Optional;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.discovery.mdns.LocalNetwork;
import org.ippan.network.discovery.search.Network;
import org.ippan.network.discovery.search.Source;
import org.ippan.network.discovery.settings.MdnsConfig;
import org.ippan.network.discovery.settings.MdnsSettings;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/** Finds peers in the local network. */
@Component(service = {}, immediate = true, configurationPid = MdnsConfig.PID)
@Designate(ocd = MdnsConfig.class)
public final class MdnsComponent extends SourceComponent<MdnsSettings> {

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile PeerDirectory peers;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY, target = "(ippan.scheme=tcp)")
    private volatile Transport transport;

    public MdnsComponent() {
        super("mdns", MdnsSettings.SCHEMA, MdnsSettings::of);
    }

    @Override
    Source source(MdnsSettings wanted) {
        return new LocalNetwork(LocalNetwork.GROUP, () -> Optional.ofNullable(peers).flatMap(PeerDirectory::localId),
                () -> Optional.ofNullable(transport).flatMap(Transport::listenAddress),
                new Network(() -> Optional.ofNullable(peers).map(PeerDirectory::networkTag)), threads.reader,
                Ticker.system(), tally).source(wanted);
    }
}
