// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.management.MBeanServer;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.EffectiveSetting;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Load;
import org.ippan.network.api.doctor.PeerExplanation;
import org.ippan.network.doctor.checks.CallbackChecks;
import org.ippan.network.doctor.checks.ChaosChecks;
import org.ippan.network.doctor.checks.Findings;
import org.ippan.network.doctor.checks.IdentityChecks;
import org.ippan.network.doctor.checks.NetworkChecks;
import org.ippan.network.doctor.checks.NodeChecks;
import org.ippan.network.doctor.checks.OutsideChecks;
import org.ippan.network.doctor.checks.PeerChecks;
import org.ippan.network.doctor.checks.Probes;
import org.ippan.network.doctor.checks.ProcessChecks;
import org.ippan.network.doctor.checks.SecretChecks;
import org.ippan.network.doctor.checks.Sizing;
import org.ippan.network.doctor.checks.ThroughputLimits;
import org.ippan.network.doctor.checks.TrafficChecks;
import org.ippan.network.doctor.checks.WebSocketChecks;
import org.ippan.network.doctor.look.Look;
import org.ippan.network.doctor.look.Services;
import org.ippan.network.doctor.look.Times;
import org.ippan.network.doctor.look.Trend;

/**
 * Answers from the services there are at the moment of the question. Keeps nothing but the last counters. Safe for any
 * thread; {@link #examine} blocks the one that asks for up to 10 s.
 */
final class DoctorCore implements Doctor {

    private final Supplier<Services> services;
    private final Times times;
    private final Trend trend;
    private final Surroundings around;

    /**
     * What checks look at beside services.
     *
     * @param probes reaches addresses of peers
     * @param ownProbe reaches this node, however long names of peers are looked for
     * @param identity gives where transport keeps the node's key
     * @param secretPlaces gives files and folders only the node's user should read
     * @param jvm the process as its own beans tell it
     */
    record Surroundings(Probes probes, Probes ownProbe, Supplier<Path> identity, Supplier<List<Path>> secretPlaces,
            MBeanServer jvm) {
    }

    DoctorCore(Supplier<Services> services, Surroundings around, Clock clock, Ticker ticker,
            ScheduledExecutorService timer) {
        this.services = services;
        this.around = around;
        this.times = new Times(clock);
        this.trend = new Trend(ticker);
        timer.scheduleWithFixedDelay(() -> trend.sample(services), 0, Trend.INTERVAL_SECONDS, TimeUnit.SECONDS);
        timer.scheduleWithFixedDelay(() -> CallbackChecks.watch(services.get()), 1, CallbackChecks.WATCH_SECONDS,
                TimeUnit.SECONDS);
    }

    @Override
    public List<Finding> examine() {
        return check(Optional.of(around.probes()));
    }

    @Override
    public List<Finding> glance() {
        return check(Optional.empty());
    }

    private List<Finding> check(Optional<Probes> probes) {
        Look look = trend.look(services.get());
        Findings findings = new Findings();
        findings.run(new NodeChecks(look, probes.map(any -> around.ownProbe())).all());
        findings.run(new IdentityChecks(look, around.identity()).all());
        findings.run(new SecretChecks(around.secretPlaces()).all());
        findings.run(new PeerChecks(look, probes).all());
        findings.run(new TrafficChecks(look).all());
        findings.run(new OutsideChecks(look).all());
        findings.run(new ChaosChecks(look).all());
        findings.run(new NetworkChecks(look).all());
        findings.run(new WebSocketChecks(look, times).all());
        findings.run(new CallbackChecks(look).all());
        findings.run(new ProcessChecks(look.now(), around.jvm()).all());
        return findings.worstFirst();
    }

    @Override
    public List<Finding> limits() {
        return ThroughputLimits.find(trend.look(services.get()));
    }

    @Override
    public List<Finding> size(Load load) {
        Objects.requireNonNull(load, "load");
        return Sizing.find(services.get(), load,
                new Sizing.Machine(Runtime.getRuntime().maxMemory(), Runtime.getRuntime().availableProcessors()));
    }

    @Override
    public PeerExplanation explain(String who) {
        Objects.requireNonNull(who, "who");
        return Explainer.explain(services.get(), times, who);
    }

    @Override
    public List<EffectiveSetting> settings(String filter) {
        Objects.requireNonNull(filter, "filter");
        return SettingsReader.read(services.get(), filter);
    }
}
