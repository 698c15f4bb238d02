// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.exchange;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.address.AddressAdvertiser;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackFaults.Call;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.peers.address.ToldAddress;

/**
 * Asks the services that know addresses of this node, each on a thread that it may hold up: what counts is its last
 * answer. Confined to the deciding thread.
 */
public final class Advertisers {

    private final CallbackFaults faults;
    private final Executor callbacks;
    private List<Asked> services = List.of();

    public Advertisers(CallbackFaults faults, Executor callbacks) {
        this.faults = faults;
        this.callbacks = callbacks;
    }

    /**
     * A registration.
     *
     * @param id of its service: one object may be registered several times
     */
    public record Registered(Object id, AddressAdvertiser service) {

        /** What operators read of it. */
        public Subject subject() {
            return new Subject(CallbackKind.ADVERTISER, service.getClass().getName(), "", id);
        }
    }

    /** A service and what it answered last. */
    private static final class Asked {

        private final Registered registered;
        private final Subject subject;
        private final AtomicBoolean underWay = new AtomicBoolean();
        private volatile List<PeerAddress> answer = List.of();

        Asked(Registered registered) {
            this.registered = registered;
            this.subject = registered.subject();
        }

        boolean is(Registered other) {
            return registered.id().equals(other.id());
        }
    }

    /** These are there now, the most important first. */
    public void set(List<Registered> now) {
        services.stream().filter(gone -> now.stream().noneMatch(gone::is))
                .forEach(gone -> faults.forget(gone.subject));
        services = now.stream().map(this::asked).toList();
    }

    private Asked asked(Registered registered) {
        return services.stream().filter(known -> known.is(registered)).findFirst()
                .orElseGet(() -> new Asked(registered));
    }

    /** What they know as far as they have said it; one that throws knows nothing. */
    List<PeerAddress> addresses() {
        services.forEach(this::ask);
        return services.stream().flatMap(asked -> asked.answer.stream()).distinct()
                .limit(OwnRecord.MAX_ADVERTISED).toList();
    }

    /** One that has not answered yet is not asked again. */
    private void ask(Asked asked) {
        if (asked.underWay.compareAndSet(false, true)) {
            try {
                callbacks.execute(() -> {
                    asked.answer = answer(asked);
                    asked.underWay.set(false);
                });
            } catch (RejectedExecutionException e) {
                // The bundle stops: nothing is told any more.
                asked.answer = List.of();
            }
        }
    }

    private List<PeerAddress> answer(Asked asked) {
        Call call = faults.begin(asked.subject);
        try {
            List<PeerAddress> said = Objects.requireNonNull(asked.registered.service().addresses(), "no addresses")
                    .stream().filter(address -> Objects.requireNonNull(address, "an address that is null").port() > 0)
                    .limit(OwnRecord.MAX_ADVERTISED).toList();
            said.stream().filter(address -> !ToldAddress.canBeTold(address)).findFirst().ifPresent(bad ->
                    faults.record(asked.subject, CallbackProblem.FAILED, 1, "peers cannot be told of " + bad, null));
            return said.stream().filter(ToldAddress::canBeTold).toList();
        } catch (Throwable e) {
            // The application's mistake, whatever it is.
            faults.failed(asked.subject, e);
            return List.of();
        } finally {
            call.end();
        }
    }
}
