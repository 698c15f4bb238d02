// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.main;

import java.io.IOException;
import java.io.PrintStream;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ippan.network.api.state.FileErrors;
import org.ippan.network.node.arguments.CommandLine.UsageException;
import org.ippan.network.node.demo.DemoArguments;
import org.ippan.network.node.demo.DemoCommand;
import org.ippan.network.node.launch.LaunchException;
import org.ippan.network.node.launch.NodeJar;
import org.ippan.network.node.run.ExitCode;
import org.ippan.network.node.run.MemoryGuard;
import org.ippan.network.node.run.RunArguments;
import org.ippan.network.node.run.RunCommand;
import org.ippan.network.node.run.Shutdown;

/** The command line of {@code ippan-node.jar}. */
public final class Main {

    /** For how long the JVM remembers what a name stands for. */
    private static final String NAMES = "networkaddress.cache.ttl";
    /** A peer that moved must be found at the next dial but one; Java's own 30 s are too long for that. */
    private static final String NAMES_SECONDS = "2";

    private Main() {
    }

    /**
     * Runs a command and exits.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        // What this process writes is read by programs; no library in it may write other digits than 0 to 9.
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        // Standard output is for the lines scripts read: whatever else a library prints goes to standard error.
        System.setOut(System.err);
        if (Security.getProperty(NAMES) == null && System.getProperty("sun.net.inetaddr.ttl") == null) {
            Security.setProperty(NAMES, NAMES_SECONDS);
        }
        Shutdown shutdown = Shutdown.install();
        MemoryGuard.install(shutdown);
        int code = ExitCode.FAILED;
        try {
            code = run(Arrays.asList(arguments), out, shutdown);
        } catch (RuntimeException e) {
            // A mistake of ours: whoever reports it needs the trace.
            e.printStackTrace();
        } catch (OutOfMemoryError e) {
            Thread.getDefaultUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), e);
            code = ExitCode.OUT_OF_MEMORY;
        }
        out.flush();
        shutdown.exit(code);
    }

    private static int run(List<String> arguments, PrintStream out, Shutdown shutdown) {
        try {
            if (arguments.contains("--help")) {
                out.print(Usage.TEXT);
                return ExitCode.OK;
            }
            if (arguments.contains("-h")) {
                out.print(Usage.SHORT);
                return ExitCode.OK;
            }
            if (arguments.contains("--version")) {
                out.println("ippan-node " + NodeJar.own().version());
                return ExitCode.OK;
            }
            if (arguments.isEmpty()) {
                throw new UsageException("what to do? run or demo");
            }
            List<String> rest = arguments.subList(1, arguments.size());
            return switch (arguments.get(0)) {
                case "run" -> new RunCommand(RunArguments.parse(rest, NodeJar.own().pids()), out, shutdown).run();
                case "demo" -> new DemoCommand(DemoArguments.parse(rest), out, shutdown).run();
                default -> throw new UsageException("unknown command '" + arguments.get(0) + "'");
            };
        } catch (UsageException e) {
            System.err.print(Usage.SHORT);
            System.err.println();
            System.err.println("ippan-node: " + e.getMessage());
            return ExitCode.WRONG_ARGUMENTS;
        } catch (LaunchException e) {
            System.err.println("ippan-node: " + e.getMessage());
            return ExitCode.FAILED;
        } catch (IOException e) {
            System.err.println("ippan-node: " + FileErrors.words(e));
            return ExitCode.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }
}
