// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.jmx;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.FilterInfo;
import java.rmi.MarshalledObject;
import java.util.Map;
import java.util.Set;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.InstanceNotFoundException;
import javax.management.InvalidAttributeValueException;
import javax.management.MBeanException;
import javax.management.ObjectInstance;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import javax.management.remote.rmi.RMIConnectionImpl;
import javax.management.remote.rmi.RMIServerImpl;
import javax.security.auth.Subject;

/**
 * One client's connection. Java's own unpacks what a call carries before it asks who calls: here the role is asked
 * first, and what is unpacked at all has few kinds of objects, none of which computes while it is built: no hash
 * tables. Used by RMI's threads.
 */
final class JmxConnection extends RMIConnectionImpl {

    /** Names, plain values, lists of attributes, filters, queries; and what a call packs them in. */
    static final String PARAMETERS = "maxdepth=6;maxrefs=1000;maxarray=10000;"
            + "java.lang.Boolean;java.lang.Byte;java.lang.Character;java.lang.Double;java.lang.Float;java.lang.Integer;"
            + "java.lang.Long;java.lang.Number;java.lang.Object;java.lang.Short;java.lang.String;"
            + "java.util.ArrayList;java.util.Vector;!javax.management.BadAttributeValueExpException;"
            // Tries all ways to match a pattern with many stars: one call could take for ever.
            + "!javax.management.MatchQueryExp;"
            + "javax.management.*;javax.management.relation.MBeanServerNotificationFilter;"
            + "java.rmi.MarshalledObject;javax.security.auth.Subject;!*";

    private static final ObjectInputFilter KINDS = ObjectInputFilter.Config.createFilter(PARAMETERS);
    private static final String LIMITS = "a call over JMX carries at most 1 MiB, 1000 objects, arrays of 10000 and 6"
            + " levels, of plain values, names, attributes, filters, and queries without patterns of text: ";
    private static final int MOST_BYTES = 1 << 20;

    private final JmxRole role;

    /**
     * A connection.
     *
     * @param server makes it
     * @param id of the connection
     * @param subject who connected
     * @param environment of the connector
     * @param role what the client may do
     */
    JmxConnection(RMIServerImpl server, String id, Subject subject, Map<String, ?> environment, JmxRole role) {
        super(server, id, server.getDefaultClassLoader(), subject, environment);
        this.role = role;
    }

    /** Judges a call, and what it carries packed: that is unpacked with the filter it came through. */
    static ObjectInputFilter.Status filter(FilterInfo call) {
        if (call.streamBytes() > MOST_BYTES || call.arrayLength() > MOST_BYTES) {
            throw new IllegalArgumentException(LIMITS + "this one is larger");
        }
        // What is packed is one array of bytes.
        return call.serialClass() == byte[].class ? ObjectInputFilter.Status.ALLOWED : KINDS.checkInput(call);
    }

    private static InvalidClassException inWords(InvalidClassException e) {
        return new InvalidClassException(e.classname, LIMITS + e.getMessage());
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Object invoke(ObjectName name, String operation, MarshalledObject parameters, String[] signature,
            Subject delegate) throws InstanceNotFoundException, MBeanException, ReflectionException, IOException {
        JmxGuard.check(role, "invoke", name);
        try {
            return super.invoke(name, operation, parameters, signature, delegate);
        } catch (InvalidClassException e) {
            throw inWords(e);
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Set<ObjectInstance> queryMBeans(ObjectName name, MarshalledObject query, Subject delegate)
            throws IOException {
        try {
            return super.queryMBeans(name, query, delegate);
        } catch (InvalidClassException e) {
            throw inWords(e);
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Set<ObjectName> queryNames(ObjectName name, MarshalledObject query, Subject delegate) throws IOException {
        try {
            return super.queryNames(name, query, delegate);
        } catch (InvalidClassException e) {
            throw inWords(e);
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void setAttribute(ObjectName name, MarshalledObject attribute, Subject delegate)
            throws InstanceNotFoundException, AttributeNotFoundException, InvalidAttributeValueException,
            MBeanException, ReflectionException, IOException {
        JmxGuard.check(role, "setAttribute", name);
        try {
            super.setAttribute(name, attribute, delegate);
        } catch (InvalidClassException e) {
            throw inWords(e);
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public AttributeList setAttributes(ObjectName name, MarshalledObject attributes, Subject delegate)
            throws InstanceNotFoundException, ReflectionException, IOException {
        JmxGuard.check(role, "setAttributes", name);
        try {
            return super.setAttributes(name, attributes, delegate);
        } catch (InvalidClassException e) {
            throw inWords(e);
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public ObjectInstance createMBean(String type, ObjectName name, MarshalledObject parameters, String[] signature,
            Subject delegate) {
        JmxGuard.check(role, "createMBean", name);
        throw new IllegalStateException("no role makes beans");
    }

    @Override
    @SuppressWarnings("rawtypes")
    public ObjectInstance createMBean(String type, ObjectName name, ObjectName loader, MarshalledObject parameters,
            String[] signature, Subject delegate) {
        JmxGuard.check(role, "createMBean", name);
        throw new IllegalStateException("no role makes beans");
    }
}
