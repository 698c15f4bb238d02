// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management.bean;

import java.util.function.Predicate;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** The names of our beans: one domain, a type, and the node's name where several nodes share a JVM. */
public final class BeanNames {

    public static final String DOMAIN = "org.ippan.network";

    private final String node;

    /**
     * Names for one node.
     *
     * @param node added to every name as {@code node=}; empty for none
     */
    BeanNames(String node) {
        this.node = clean(node);
    }

    /**
     * Names no bean has yet.
     *
     * @param server where they are to be registered
     * @param configured the node's name, or empty
     * @param framework what tells this framework from others in the JVM
     * @return plain names unless one is configured, or another node has them
     */
    public static BeanNames free(MBeanServer server, String configured, String framework) {
        BeanNames plain = new BeanNames(configured);
        boolean taken = configured.isEmpty() && server.isRegistered(plain.of("Node"));
        return taken ? new BeanNames(framework.substring(0, 8)) : plain;
    }

    /** The name of what tells about itself; behind a dot stands which of several of one type it is. */
    public ObjectName of(String type) {
        int dot = type.indexOf('.');
        return dot < 0 ? name(type, "") : of(type.substring(0, dot), type.substring(dot + 1));
    }

    public ObjectName of(String type, String name) {
        return name(type, clean(name));
    }

    /** The same, or with a number where another has that name: several may differ in what no name of a bean has. */
    public ObjectName of(String type, String name, Predicate<ObjectName> taken) {
        ObjectName free = of(type, name);
        for (int number = 2; taken.test(free); number++) {
            free = of(type, name + '-' + number);
        }
        return free;
    }

    private ObjectName name(String type, String name) {
        StringBuilder text = new StringBuilder(DOMAIN).append(":type=").append(type);
        if (!name.isEmpty()) {
            text.append(",name=").append(name);
        }
        if (!node.isEmpty()) {
            text.append(",node=").append(node);
        }
        try {
            return new ObjectName(text.toString());
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException("no name for a bean: " + text, e);
        }
    }

    /** Karaf's access guard splits names at commas, dots and colons; JMX itself minds a few more. */
    public static String clean(String name) {
        return name.replaceAll("[^A-Za-z0-9_-]", "_");
    }
}
