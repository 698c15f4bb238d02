// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.RuntimeMBeanException;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import org.ippan.network.node.jmx.JmxServer;

/**
 * One node of the demo: a process of the same jar. Its standard input is a pipe from this process, so that it ends when
 * this process does, however that happens.
 */
final class DemoNode implements AutoCloseable {

    private static final long STOP_SECONDS = 15;
    private static final Pattern READY = Pattern.compile("READY id=(\\S+) listen=(\\S+) jmx=(\\S+) http=(\\S+)");
    private static final String PUBLISHED = "PUBLISHED ";
    /** A node that stands still must not keep the demo from saying so. */
    private static final String JMX_MILLIS = "5000";

    private final String name;
    private final Process process;
    private volatile String id = "";
    private volatile String listen = "";
    private volatile String jmx = "";
    private volatile String http = "";
    private volatile DemoCounters counters = DemoCounters.NONE;
    private JMXConnector connector;
    private boolean unreachable;
    private volatile boolean published;

    /**
     * Starts a node.
     *
     * @param name what it is called; its log is {@code name.log}
     * @param jar the jar to run
     * @param folder where its log goes
     * @param arguments what it is to do besides listening on a free port
     */
    DemoNode(String name, Path jar, Path folder, List<String> arguments) throws IOException {
        this.name = name;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ownOptions());
        command.addAll(List.of("-jar", jar.toString(), "run", "--listen", "127.0.0.1:0", "--jmx", "0", "--http",
                "127.0.0.1:0", "--until-stdin-closes", "--set", "org.ippan.network.survey:name=" + name));
        command.addAll(arguments);
        process = new ProcessBuilder(command).redirectError(folder.resolve(name + ".log").toFile()).start();
        Thread reader = new Thread(this::read, "ippan-demo-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    /** How large and how quick this JVM was told to be holds for those of the nodes as well; a debugger does not. */
    private static List<String> ownOptions() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X") && !option.matches("-X(run|debug|log:gc).*")).toList();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(this::take);
        } catch (IOException | UncheckedIOException e) {
            // The node was ended by force.
            return;
        }
    }

    private void take(String line) {
        Matcher ready = READY.matcher(line);
        if (line.startsWith(PUBLISHED)) {
            published = true;
        } else if (ready.matches()) {
            id = ready.group(1);
            jmx = ready.group(3);
            http = ready.group(4);
            listen = ready.group(2);
        }
    }

    String listen() {
        return listen;
    }

    boolean ready() {
        return !listen.isEmpty();
    }

    boolean alive() {
        return process.isAlive();
    }

    boolean published() {
        return published;
    }

    /** How to look into the node. */
    String invitation() throws IOException {
        return name + ": http://" + http + "/  jconsole " + jmx + "  any JMX client " + JmxServer.url(jmx);
    }

    /** What was read last. */
    DemoCounters counters() {
        return counters;
    }

    /** Reads the counters of a node that is ready; one that just ends keeps those it had. */
    void refresh() {
        if (ready()) {
            overJmx(node -> counters = DemoCounters.read(node));
        }
    }

    /** Publishes a text at the node; a refused one shows in no counter, and another follows. */
    void publish(String topic, String text) {
        overJmx(node -> {
            try {
                node.invoke(DemoCounters.bean("Node"), "publishText", new Object[] {topic, text},
                        new String[] {String.class.getName(), String.class.getName()});
            } catch (RuntimeMBeanException e) {
                // It is refused, for example as the last peer has just gone: the table shows that.
                return;
            }
        });
    }

    /** Something to be done with a node over JMX. */
    private interface Task {

        void with(MBeanServerConnection node) throws IOException, JMException;
    }

    private void overJmx(Task task) {
        try {
            if (connector == null) {
                List.of("handshakeTimeout", "responseTimeout").forEach(key ->
                        System.setProperty("sun.rmi.transport.tcp." + key, JMX_MILLIS));
                connector = JMXConnectorFactory.connect(JmxServer.url(jmx));
            }
            task.with(connector.getMBeanServerConnection());
        } catch (IOException | JMException e) {
            if (alive() && !unreachable) {
                System.err.println("ippan-node: cannot reach " + name + " over JMX: " + e.getMessage());
            }
            unreachable = true;
        }
    }

    DemoTable.Row row(boolean ended) {
        return new DemoTable.Row(name, id, ended ? "ended" : listen, counters);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Asks the node to stop; {@link #close()} waits for it. */
    void requestStop() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // The pipe is broken: the process has ended by itself.
            return;
        }
    }

    /** Stops the node, by force if it does not stop by itself. */
    @Override
    public void close() {
        requestStop();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
