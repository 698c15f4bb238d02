// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management.bean;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.InvalidAttributeValueException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanConstructorInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;
import javax.management.ReflectionException;
import javax.management.RuntimeOperationsException;

/**
 * The one bean: attributes and operations from descriptions, values from one snapshot per call. Safe for any thread;
 * only JDK exceptions leave it.
 */
public class GenericBean implements DynamicMBean {

    private final String description;
    private final Supplier<Record> snapshot;
    private final Map<String, Attribute> attributes = new LinkedHashMap<>();
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    /**
     * A bean.
     *
     * @param description what it is about, in a sentence
     * @param snapshot gives the record its attributes are read from
     */
    public GenericBean(String description, Supplier<Record> snapshot) {
        this.description = description;
        this.snapshot = snapshot;
    }

    /** Adds attributes; a writable one replaces a read-only one of the same name, which shows the same value. */
    public final GenericBean with(Map<String, Attribute> more) {
        attributes.putAll(more);
        return this;
    }

    /** Adds operations. */
    public final GenericBean with(List<Operation> more) {
        more.forEach(operation -> operations.put(operation.info().getName(), operation));
        return this;
    }

    /** The notifications it sends; none unless overridden. */
    protected MBeanNotificationInfo[] notifications() {
        return new MBeanNotificationInfo[0];
    }

    @Override
    public final Object getAttribute(String name) throws AttributeNotFoundException {
        return known(name).getter().apply(snapshot.get());
    }

    @Override
    public final AttributeList getAttributes(String[] names) {
        Record now = snapshot.get();
        AttributeList list = new AttributeList(names.length);
        for (String name : names) {
            Attribute attribute = attributes.get(name);
            if (attribute != null) {
                list.add(new javax.management.Attribute(name, attribute.getter().apply(now)));
            }
        }
        return list;
    }

    @Override
    public final void setAttribute(javax.management.Attribute change)
            throws AttributeNotFoundException, InvalidAttributeValueException {
        Attribute attribute = known(change.getName());
        if (attribute.setter() == null) {
            throw new AttributeNotFoundException(change.getName() + " is read-only");
        }
        try {
            attribute.setter().accept(change.getValue());
        } catch (IllegalArgumentException e) {
            throw new InvalidAttributeValueException(e.getMessage());
        }
    }

    @Override
    public final AttributeList setAttributes(AttributeList changes) {
        AttributeList done = new AttributeList();
        for (javax.management.Attribute change : changes.asList()) {
            try {
                setAttribute(change);
                done.add(change);
            } catch (AttributeNotFoundException | InvalidAttributeValueException e) {
                // The contract of JMX: what is missing in the result was not set.
                continue;
            }
        }
        return done;
    }

    @Override
    public final Object invoke(String name, Object[] arguments, String[] signature) throws ReflectionException {
        Operation operation = operations.get(name);
        Object[] given = arguments == null ? new Object[0] : arguments;
        if (operation == null || operation.info().getSignature().length != given.length) {
            throw new ReflectionException(new NoSuchMethodException(name), "no operation " + name + " with "
                    + given.length + " arguments; there are " + operations.keySet());
        }
        try {
            return operation.body().apply(given);
        } catch (ClassCastException e) {
            throw new RuntimeOperationsException(new IllegalArgumentException("wrong type of argument for " + name));
        }
    }

    @Override
    public final MBeanInfo getMBeanInfo() {
        return new MBeanInfo(getClass().getName(), description,
                attributes.values().stream().map(Attribute::info).toArray(MBeanAttributeInfo[]::new),
                new MBeanConstructorInfo[0],
                operations.values().stream().map(Operation::info).toArray(MBeanOperationInfo[]::new), notifications());
    }

    private Attribute known(String name) throws AttributeNotFoundException {
        Attribute attribute = attributes.get(name);
        if (attribute == null) {
            throw new AttributeNotFoundException("no attribute " + name);
        }
        return attribute;
    }
}
