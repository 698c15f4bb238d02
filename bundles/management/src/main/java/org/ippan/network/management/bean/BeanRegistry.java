// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management.bean;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.management.DynamicMBean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Our beans on the MBean server: registers, replaces our own, never another owner's, and takes all away in the end.
 * Safe for any thread.
 */
public final class BeanRegistry {

    private final MBeanServer server;
    private final Consumer<String> warn;
    private final Map<ObjectName, DynamicMBean> beans = new HashMap<>();
    private boolean closed;

    public BeanRegistry(MBeanServer server, Consumer<String> warn) {
        this.server = server;
        this.warn = warn;
    }

    /** Registers a bean, in place of an earlier one of ours; nothing after the end. */
    public synchronized boolean register(ObjectName name, DynamicMBean bean) {
        if (closed) {
            return false;
        }
        unregister(name);
        try {
            server.registerMBean(bean, name);
            beans.put(name, bean);
            return true;
        } catch (InstanceAlreadyExistsException e) {
            warn.accept(name + " belongs to another node in this JVM; set domainNode to tell them apart");
            return false;
        } catch (JMException e) {
            throw new IllegalStateException("cannot register " + name, e);
        }
    }

    /** Takes a bean of ours away. */
    public synchronized void unregister(ObjectName name) {
        if (beans.remove(name) == null) {
            return;
        }
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            warn.accept(name + " was unregistered by another program");
        } catch (JMException e) {
            throw new IllegalStateException("cannot unregister " + name, e);
        }
    }

    /** The names of our beans. */
    synchronized Set<ObjectName> names() {
        return Set.copyOf(beans.keySet());
    }

    /** Takes everything away, for good: services that go after the component bring nothing back. */
    public synchronized void close() {
        names().forEach(this::unregister);
        closed = true;
    }
}
