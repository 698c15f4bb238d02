// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.Verdict;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.web.WebSnapshot;
import org.ippan.network.node.arguments.CommandLine.UsageException;
import org.ippan.network.node.arguments.SecretFile;
import org.ippan.network.node.jmx.JmxServer;
import org.ippan.network.node.launch.Joining;
import org.ippan.network.node.launch.LaunchException;
import org.ippan.network.node.launch.LaunchedNode;
import org.ippan.network.node.launch.NodeLauncher;
import org.ippan.network.node.launch.Pids;
import org.ippan.network.node.launch.Readiness;
import org.ippan.network.node.run.RunArguments.Setting;
import org.ippan.network.node.run.RunArguments.Subscription;

/** {@code run}: one node that stays up until it is told to stop. Used by the main thread. */
public final class RunCommand {

    private static final long POLL_MILLIS = 50;
    /** Where the JVM keeps its command line. */
    private static final String COMMAND = "sun.java.command";

    /** How long a node that cannot listen yet, for example for want of a free port, is left to try quietly. */
    private static final long LISTEN_MILLIS = 10_000;

    /** How long services may take to appear, on a machine that is busy with other things. */
    private static final long START_MILLIS = 30_000;

    private final RunArguments arguments;
    private final PrintStream lines;
    private final Shutdown shutdown;

    /**
     * Prepares to run.
     *
     * @param arguments what to do
     * @param out standard output
     * @param shutdown says when to stop
     */
    public RunCommand(RunArguments arguments, PrintStream out, Shutdown shutdown) {
        this.arguments = arguments;
        this.shutdown = shutdown;
        this.lines = arguments.subscribe().filter(Subscription::toStandardOutput).isPresent() ? System.err : out;
    }

    /** Runs until told to stop; gives the exit code. */
    public int run() throws IOException, InterruptedException {
        NodeLauncher launcher = new NodeLauncher();
        launcher.data(arguments.data());
        for (Setting setting : arguments.settings()) {
            launcher.set(setting.pid(), setting.key(), setting.value());
        }
        try {
            for (SecretFile secret : arguments.secrets()) {
                launcher.secret(secret);
                secret.warnings().forEach(RunCommand::warn);
            }
        } catch (UsageException e) {
            System.err.println("ippan-node: " + e.getMessage());
            return ExitCode.WRONG_ARGUMENTS;
        }
        Publishing publishing = arguments.publish().isEmpty() ? null
                : new Publishing(arguments.publish().get(), shutdown, this::print);
        LineOutput output = arguments.subscribe().isEmpty() ? null : output(arguments.subscribe().get());
        if (output != null) {
            launcher.service(GossipListener.class, output, Map.of(
                    GossipListener.TOPIC, arguments.subscribe().get().topic(), GossipListener.OVERFLOW, "block"));
        }
        if (arguments.untilStdinCloses()) {
            shutdown.requestAtEndOf(System.in);
        }
        try (LaunchedNode node = launcher.launch(shutdown::isRequested)) {
            run(node, publishing);
        } catch (UsageException e) {
            System.err.println("ippan-node: " + e.getMessage());
            return ExitCode.WRONG_ARGUMENTS;
        } finally {
            if (output != null) {
                output.close();
            }
        }
        boolean failed = output != null && output.broken() || publishing != null && publishing.failed();
        return failed ? ExitCode.FAILED : ExitCode.OK;
    }

    private void run(LaunchedNode node, Publishing publishing) throws InterruptedException, UsageException {
        Readiness readiness = awaitReady(node);
        if (shutdown.isRequested()) {
            return;
        }
        List<String> refused = node.configurations().errors(written());
        if (!refused.isEmpty()) {
            throw new UsageException("refused: " + Stream.concat(refused.stream(), unknownHosts().stream())
                    .collect(Collectors.joining("; ")));
        }
        arguments.settings().stream().filter(setting -> node.configurations().isSecret(setting.pid(), setting.key()))
                .forEach(RunCommand::hide);
        if (readiness.state() == Readiness.State.MISSING) {
            throw new LaunchException("the node cannot run: " + readiness.detail());
        }
        try (JmxServer jmx = arguments.jmx().isEmpty() ? null : jmx(arguments.jmx().get())) {
            boolean ready = readiness.state() == Readiness.State.READY;
            if (!ready) {
                System.err.println("ippan-node: up, but it does not serve: " + readiness.detail());
            }
            if (!readiness.absent().isEmpty()) {
                System.err.println("ippan-node: up, but not complete: " + Readiness.absent(readiness.absent()));
            }
            print("READY id=" + node.id() + " listen=" + (ready ? readiness.detail() : "none")
                    + (jmx == null ? "" : " jmx=" + jmx.address()) + (arguments.http() ? " http=" + page(node) : "")
                    + (readiness.absent().isEmpty() ? "" : " absent=" + String.join(",", readiness.absent())));
            tellState(node);
            if (publishing != null) {
                publishing.start(node);
            }
            shutdown.await();
        }
    }

    /** Names to listen on that no address is known for, which a node tries that is refused for another reason. */
    private List<String> unknownHosts() throws InterruptedException {
        List<String> unknown = new ArrayList<>();
        for (Setting setting : arguments.settings()) {
            if (setting.key().equals(Pids.LISTEN_ADDRESS) && ListenHost.isUnknown(setting.value())) {
                unknown.add(setting.pid() + ": " + setting.key() + " = " + setting.value() + ": unknown host");
            }
        }
        return unknown;
    }

    private static void warn(String text) {
        System.err.println("ippan-node: WARN " + text);
    }

    /** The command line cannot be taken back, but no bean or dump of this process shows it. */
    private static void hide(Setting secret) {
        warn("Every user of this machine can read " + secret.key() + " in the command line of this process;"
                + " use --key-file or --token-file, and replace the secret");
        String command = System.getProperty(COMMAND);
        if (command != null && !secret.value().isEmpty()) {
            System.setProperty(COMMAND, command.replace(secret.value(), "***"));
        }
    }

    /** The configurations the command line wrote. */
    private List<String> written() {
        return Stream.concat(arguments.settings().stream().map(Setting::pid),
                arguments.secrets().stream().map(SecretFile::pid)).toList();
    }

    /** What the doctor finds at once: a node that is up need not be well. */
    private static void tellState(LaunchedNode node) {
        lines(Verdict.of(node.find(Doctor.class), type -> node.find(type).isPresent())).forEach(System.err::println);
    }

    /** A line for each reason; none if all is well. */
    static List<String> lines(Verdict verdict) {
        return verdict.reasons().stream().map(reason -> "ippan-node: state " + verdict.word() + ": " + reason.check()
                + ": " + reason.text() + (reason.advice().isEmpty() ? "" : " " + reason.advice())).toList();
    }

    /** Where the page is; it is bound in the background, as everything is. One that is refused is not waited for. */
    private String page(LaunchedNode node) throws InterruptedException {
        long begun = System.nanoTime();
        while (Joining.isPageDue(node) && !shutdown.await(POLL_MILLIS)
                && System.nanoTime() - begun < LISTEN_MILLIS * 1_000_000) {
            continue;
        }
        if (node.httpAddress().isEmpty()) {
            System.err.println("ippan-node: there is no page: "
                    + pageError(node).orElse("its bundle does not run"));
        }
        return node.httpAddress().map(PeerAddress::toString).orElse("none");
    }

    private static Optional<String> pageError(LaunchedNode node) {
        return node.page().map(WebSnapshot::listenError).filter(error -> !error.isEmpty());
    }

    private LineOutput output(Subscription subscription) {
        if (subscription.toStandardOutput()) {
            return LineOutput.standardOutput(problem -> {
                System.err.println("ippan-node: cannot write to standard output: " + problem + "; stopping");
                shutdown.request();
            });
        }
        try {
            return LineOutput.appendingTo(Path.of(subscription.output()), problem -> System.err.println("ippan-node:"
                    + " cannot write to " + subscription.output() + ": " + problem + "; receiving waits for it"));
        } catch (IOException e) {
            throw LaunchException.of("--output", e);
        }
    }

    private synchronized void print(String line) {
        lines.println(line);
        lines.flush();
    }

    private static JmxServer jmx(RunArguments.Jmx wanted) {
        if (wanted.users().isEmpty()) {
            System.err.println("ippan-node: anybody on this machine may manage this node over JMX;"
                    + " --jmx-password asks them for a password");
        }
        return JmxServer.open(wanted.port(), wanted.users());
    }

    /** Waits until the node is ready, or it is clear that it will not be soon. */
    private Readiness awaitReady(LaunchedNode node) throws InterruptedException {
        long begun = System.nanoTime();
        Readiness readiness = node.readiness();
        while (readiness.unsettled() && !shutdown.await(POLL_MILLIS)
                && System.nanoTime() - begun < patienceMillis(readiness) * 1_000_000) {
            readiness = node.readiness();
        }
        return readiness;
    }

    private static long patienceMillis(Readiness readiness) {
        return readiness.state() == Readiness.State.MISSING ? START_MILLIS : LISTEN_MILLIS;
    }
}
