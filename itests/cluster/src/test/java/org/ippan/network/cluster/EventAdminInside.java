// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ippan.network.node.IppanNode;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/**
 * Felix's Event Admin inside the framework of an embedded node, with a handler that keeps what it is told. The handler
 * implements the interface of that framework, not the one this class sees.
 */
final class EventAdminInside {

    private static final String TOPICS = "org/ippan/network/";

    private final Queue<List<String>> told = new ConcurrentLinkedQueue<>();

    /** Installs and starts it beside what runs there already. */
    EventAdminInside(IppanNode node) throws Exception {
        URL jar = EventAdmin.class.getProtectionDomain().getCodeSource().getLocation();
        BundleContext context = node.bundleContext();
        try (InputStream content = jar.openStream()) {
            Bundle bundle = context.installBundle("test:eventadmin", content);
            bundle.start();
            Class<?> type = bundle.loadClass(EventHandler.class.getName());
            Object handler = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this::call);
            bundle.getBundleContext().registerService(type.getName(), handler,
                    new Hashtable<>(Map.of(EventConstants.EVENT_TOPIC, TOPICS + "*")));
        }
    }

    private Object call(Object proxy, Method method, Object[] arguments) throws ReflectiveOperationException {
        switch (method.getName()) {
            case "equals":
                return proxy == arguments[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            case "toString":
                return "the test's handler";
            default:
                Object event = arguments[0];
                String topic = (String) event.getClass().getMethod("getTopic").invoke(event);
                if (!topic.equals(TOPICS + property(event, "type"))) {
                    throw new AssertionError(topic);
                }
                told.add(List.of(property(event, "type"), property(event, "peer"), property(event, "text")));
                return null;
        }
    }

    private static String property(Object event, String name) throws ReflectiveOperationException {
        return (String) event.getClass().getMethod("getProperty", String.class).invoke(event, name);
    }

    /** Type, peer and text of each event so far. */
    List<List<String>> told() {
        return List.copyOf(told);
    }
}
