// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.jmx;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import javax.management.AttributeList;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * An MBean server as one client may use it. Everybody reads, but for what {@link JmxMask} hides; who may write does so
 * to the node's own beans and to {@code java.lang}, whose operations are harmless (JConsole asks for stacks and
 * collects garbage by them). No client makes beans, or reaches those of the JVM that load code or write files, for
 * example {@code DiagnosticCommand}: managing the node is not to run anything in its name.
 */
final class JmxGuard implements InvocationHandler {

    private static final Set<String> READS = Set.of("getAttribute", "getAttributes", "getMBeanInfo",
            "getObjectInstance", "isInstanceOf", "isRegistered", "queryMBeans", "queryNames", "getDefaultDomain",
            "getDomains", "getMBeanCount", "addNotificationListener", "removeNotificationListener",
            // What the connector itself calls; no client can.
            "getClassLoader", "getClassLoaderFor", "getClassLoaderRepository");
    private static final Set<String> WRITES = Set.of("setAttribute", "setAttributes", "invoke");
    private static final Set<String> WRITABLE_DOMAINS = Set.of("org.ippan.network", "java.lang");

    private final MBeanServer server;
    private final JmxRole role;

    private JmxGuard(MBeanServer server, JmxRole role) {
        this.server = server;
        this.role = role;
    }

    /** The server as a role may use it. */
    static MBeanServer of(MBeanServer server, JmxRole role) {
        return (MBeanServer) Proxy.newProxyInstance(JmxGuard.class.getClassLoader(), new Class<?>[] {MBeanServer.class},
                new JmxGuard(server, role));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() != Object.class) {
            check(role, method.getName(), arguments == null || arguments.length == 0 ? null : arguments[0]);
        }
        try {
            return masked(method.getName(), arguments, method.invoke(server, arguments));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object masked(String method, Object[] arguments, Object result) {
        if (role == JmxRole.READWRITE) {
            return result;
        }
        return switch (method) {
            case "getAttribute" -> JmxMask.mask(arguments[0], (String) arguments[1], result);
            case "getAttributes" -> JmxMask.mask(arguments[0], (AttributeList) result);
            default -> result;
        };
    }

    /**
     * Requires that a role may call a method of the MBean server.
     *
     * @param bean its first argument, as a rule the bean's name
     * @throws SecurityException if it may not
     */
    static void check(JmxRole role, String method, Object bean) {
        if (READS.contains(method)) {
            return;
        }
        if (!WRITES.contains(method)) {
            throw new SecurityException(method + " is open to nobody here");
        }
        if (role != JmxRole.READWRITE) {
            throw new SecurityException("this user may read only; " + method
                    + " needs the role readwrite in the file of --jmx-password");
        }
        if (!(bean instanceof ObjectName name) || !WRITABLE_DOMAINS.contains(name.getDomain())) {
            throw new SecurityException(method + " is open on the beans of " + WRITABLE_DOMAINS + " only");
        }
    }
}
