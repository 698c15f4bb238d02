// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.exchange;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.address.AddressAdvertiser;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackFaults.Call;
import org.ippan.network.api.callback.CallbackKind;

/** Asks the services that know addresses of this node. Confined to the deciding thread. */
public final class Advertisers {

    private final CallbackFaults faults;
    private List<AddressAdvertiser> services = List.of();

    public Advertisers(CallbackFaults faults) {
        this.faults = faults;
    }

    /** These are there now, the most important first. */
    public void set(List<AddressAdvertiser> now) {
        services.stream().filter(gone -> !now.contains(gone)).forEach(gone -> faults.forget(subject(gone)));
        services = List.copyOf(now);
    }

    /** What they know; one that throws knows nothing. */
    List<PeerAddress> addresses() {
        return services.stream().flatMap(this::ask).filter(address -> address.port() > 0)
                .limit(OwnRecord.MAX_ADVERTISED).toList();
    }

    private Stream<PeerAddress> ask(AddressAdvertiser service) {
        Call call = faults.begin(subject(service));
        try {
            return List.copyOf(Objects.requireNonNull(service.addresses(), "no addresses")).stream();
        } catch (RuntimeException | Error e) {
            faults.failed(subject(service), e);
            return Stream.empty();
        } finally {
            call.end();
        }
    }

    private static Subject subject(AddressAdvertiser service) {
        return Subject.of(CallbackKind.ADVERTISER, service);
    }
}
