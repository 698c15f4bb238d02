// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import javax.management.Attribute;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.survey.NetworkTracer;
import org.ippan.network.api.trace.MessageTracer;
import org.ippan.network.node.IppanNode;
import org.ippan.network.node.IppanNodeBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A null where none may be: whatever the call of an application, what it reads names the parameter, and nothing of the
 * code behind it.
 */
@Tag(Nodes.WAITING)
class NullsIT {

    private static final List<Class<?>> SERVICES = List.of(Gossip.class, PeerDirectory.class, PeerAdmin.class,
            ReputationManager.class, ReputationAdmin.class, HealthMonitor.class, MessageDeduplicator.class,
            NetworkMetrics.class, Doctor.class, MessageTracer.class, NetworkTracer.class);
    /** Of the api what bundles of the network use among themselves. */
    private static final Pattern INSIDE = Pattern.compile(
            "org/ippan/network/api/(callback|doctor|json|operator|rate|settings|snapshot|state)/.*|.*/Uninterrupted.*");
    private static final Object[] ODD = {null, new int[] {1}, List.of("a"), "", "\0\n\"", "x".repeat(10_000),
        Double.NaN, Long.MIN_VALUE, true};
    private static final PeerId ID = PeerId.of(1, 2, 3, 4);

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final Map<Class<?>, Object> samples = new HashMap<>(Map.ofEntries(Map.entry(String.class, "a"),
            Map.entry(int.class, 1), Map.entry(long.class, 1L), Map.entry(double.class, 1.0), Map.entry(boolean.class,
                    true), Map.entry(char.class, 'a'), Map.entry(byte.class, (byte) 1),
            Map.entry(short.class, (short) 1),
            Map.entry(byte[].class, new byte[32]), Map.entry(Object.class, new Object()),
            Map.entry(long[].class, new long[4]), Map.entry(boolean[].class, new boolean[1]),
            Map.entry(Duration.class, Duration.ofSeconds(1)),
            Map.entry(Instant.class, Instant.EPOCH), Map.entry(Optional.class, Optional.empty()),
            Map.entry(List.class, List.of()), Map.entry(Map.class, Map.of()), Map.entry(Set.class, Set.of()),
            Map.entry(Path.class, Path.of("a")), Map.entry(PeerId.class, ID), Map.entry(Topic.class, Topic.of("a")),
            Map.entry(MessageId.class, MessageId.of(1, 2, 3, 4)), Map.entry(PeerAddress.class,
                    PeerAddress.tcp("127.0.0.1", 1)), Map.entry(ByteBuffer.class, ByteBuffer.allocate(64)),
            Map.entry(InetAddress.class, InetAddress.getLoopbackAddress()),
            Map.entry(Message.class, Message.of(Topic.of("a"), new byte[1])), Map.entry(Class.class, Gossip.class)));
    private final Set<String> wrong = new TreeSet<>();
    private int calls;

    private Object sample(Class<?> type) {
        return samples.computeIfAbsent(type, any -> any.isEnum() ? any.getEnumConstants()[0]
                : any.isInterface() ? Proxy.newProxyInstance(any.getClassLoader(), new Class<?>[] {any},
                        (proxy, method, arguments) -> null) : null);
    }

    /** Calls with each parameter null that can be. */
    private void call(Executable called, Object target) {
        Class<?>[] types = called.getParameterTypes();
        for (int i = 0; i < types.length; i++) {
            if (!types[i].isPrimitive()) {
                Object[] arguments = Arrays.stream(types).map(this::sample).toArray();
                arguments[i] = null;
                invoke(called, target, arguments);
            }
        }
    }

    private void invoke(Executable called, Object target, Object[] arguments) {
        calls++;
        try {
            if (called instanceof Method method) {
                method.invoke(target, arguments);
            } else {
                ((Constructor<?>) called).newInstance(arguments);
            }
        } catch (InvocationTargetException e) {
            String told = String.valueOf(e.getCause().getMessage());
            if (told.equals("null") || told.startsWith("Cannot ") || told.contains("because \"")) {
                wrong.add(called + " with " + Arrays.toString(arguments) + ": " + e.getCause());
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(called.toString(), e);
        }
    }

    /** Public types of the api that applications use. */
    private static List<Class<?>> types() throws IOException, ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        try (JarFile jar = new JarFile(Path.of(Topic.class.getProtectionDomain().getCodeSource().getLocation()
                .getPath()).toFile())) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements();) {
                String name = entries.nextElement().getName();
                if (name.startsWith("org/ippan/network/api/") && name.endsWith(".class") && !name.contains("-info")
                        && !INSIDE.matcher(name).matches()) {
                    Class<?> type = Class.forName(name.replace('/', '.').replaceFirst("\\.class$", ""));
                    if (Modifier.isPublic(type.getModifiers()) && !type.isEnum() && !type.isAnnotation()) {
                        types.add(type);
                    }
                }
            }
        }
        return types;
    }

    @Test
    void shouldNameTheParameterThatIsNullInEveryCallOfTheApi() throws Exception {
        for (Class<?> type : types()) {
            if (!Modifier.isAbstract(type.getModifiers())) {
                Arrays.stream(type.getConstructors()).forEach(made -> call(made, null));
            }
            Arrays.stream(type.getMethods()).filter(method -> Modifier.isStatic(method.getModifiers())
                    && method.getDeclaringClass() == type).forEach(method -> call(method, null));
        }
        for (Object value : List.of(ID, Topic.of("a"), samples.get(Message.class), samples.get(PeerAddress.class))) {
            Arrays.stream(value.getClass().getMethods())
                    .filter(method -> method.getDeclaringClass() == value.getClass())
                    .filter(method -> !method.getName().equals("compareTo")).forEach(method -> call(method, value));
        }

        assertEquals("", String.join("\n", wrong));
        assertTrue(calls > 150, calls + " calls");
    }

    @Test
    void shouldNameTheParameterThatIsNullInEveryCallOfTheNode() {
        IppanNode node = nodes.embed("node");
        for (Class<?> type : SERVICES) {
            Object service = node.service(type);
            Arrays.stream(type.getMethods()).filter(method -> !Modifier.isStatic(method.getModifiers()))
                    .forEach(method -> call(method, service));
        }
        Arrays.stream(IppanNode.class.getMethods()).filter(method -> method.getDeclaringClass() == IppanNode.class)
                .filter(method -> !method.getName().equals("awaitPeers")).forEach(method -> call(method, node));
        Arrays.stream(IppanNodeBuilder.class.getMethods()).filter(method -> method.getDeclaringClass()
                == IppanNodeBuilder.class).forEach(method -> call(method, IppanNode.builder()));

        assertEquals("", String.join("\n", wrong));
        assertTrue(calls > 50, calls + " calls");
    }

    /** A client of JMX may send whatever it likes: it is told what is wrong, and nothing of the code behind it. */
    @Test
    void shouldNameWhatIsWrongInEveryOperationAndAttributeOfEveryBean() throws Exception {
        nodes.embed("peer", Nodes.address(nodes.embed("node")));
        try (JmxClient jmx = JmxClient.local()) {
            // Those of peers come and go, and have nothing that a client may set or call.
            for (ObjectName bean : jmx.names().stream().filter(each -> !each.getKeyProperty("type").equals("Peer"))
                    .toList()) {
                MBeanInfo info = jmx.beans().getMBeanInfo(bean);
                for (MBeanOperationInfo operation : info.getOperations()) {
                    callWrongly(jmx.beans(), bean, operation);
                }
                for (MBeanAttributeInfo attribute : info.getAttributes()) {
                    for (Object odd : attribute.isWritable() ? ODD : new Object[0]) {
                        isTold(bean + "." + attribute.getName() + " = " + odd, () -> {
                            jmx.beans().setAttribute(bean, new Attribute(attribute.getName(), odd));
                            return odd;
                        });
                    }
                }
            }
        }

        assertEquals("", String.join("\n", wrong));
        assertTrue(calls > 200, calls + " calls");
    }

    private void callWrongly(MBeanServerConnection beans, ObjectName bean, MBeanOperationInfo operation) {
        String[] types = Arrays.stream(operation.getSignature()).map(MBeanParameterInfo::getType)
                .toArray(String[]::new);
        for (int i = 0; i < types.length; i++) {
            for (Object odd : ODD) {
                Object[] arguments = Arrays.stream(types).map(type -> type.equals("java.lang.String") ? "" : 0)
                        .toArray();
                arguments[i] = odd;
                isTold(bean + "." + operation.getName() + Arrays.toString(arguments), () -> beans.invoke(bean,
                        operation.getName(), arguments, types));
            }
        }
        isTold(bean + "." + operation.getName(), () -> beans.invoke(bean, operation.getName(), null, null));
    }

    /** Nothing at all is told where what was sent could be understood. */
    private void isTold(String call, Callable<?> mistake) {
        calls++;
        try {
            mistake.call();
        } catch (Exception e) {
            Throwable last = e;
            while (last.getCause() != null) {
                last = last.getCause();
            }
            String told = String.valueOf(last.getMessage());
            if (last instanceof NullPointerException || last instanceof ClassCastException || told.equals("null")
                    || told.contains("because \"") || told.contains("cannot be cast")) {
                wrong.add(call + ": " + last);
            }
        }
    }
}
