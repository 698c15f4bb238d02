// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery;

import java.util.Optional;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.discovery.dns.DnsSource;
import org.ippan.network.discovery.dns.SystemServers;
import org.ippan.network.discovery.search.Network;
import org.ippan.network.discovery.search.Source;
import org.ippan.network.discovery.settings.DnsConfig;
import org.ippan.network.discovery.settings.DnsSettings;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/** Finds peers by names in DNS. */
@Component(service = {}, immediate = true, configurationPid = DnsConfig.PID)
@Designate(ocd = DnsConfig.class)
public final class DnsComponent extends SourceComponent<DnsSettings> {

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile PeerDirectory peers;

    public DnsComponent() {
        super("dns", DnsSettings.SCHEMA, DnsSettings::of);
    }

    @Override
    Source source(DnsSettings wanted) {
        return new DnsSource(wanted, new DnsSource.Around(new Network(() -> Optional.ofNullable(peers)
                .map(PeerDirectory::networkTag)), threads.random, Ticker.system(), SystemServers::get), tally);
    }
}
