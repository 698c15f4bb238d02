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
import org.ippan.network.api.callback.Said;
import org.ippan.network.api.settings.Spelling;

/**
 * The one bean: attributes and operations from descriptions, values from one snapshot per call. Safe for any thread;
 * only JDK exceptions leave it.
 */
public class GenericBean implements DynamicMBean {

    private final String description;
    private final Supplier<Record> snapshot;
    private final Map<String, Attribute> attributes = new LinkedHashMap<>();
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private SettingsAttributes settings;

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

    /** Adds the settings of a bundle: their attributes, and the operation that changes several. */
    public final GenericBean with(SettingsAttributes added) {
        settings = added;
        return with(added.attributes()).with(List.of(added.change()));
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
        return known(name).getter().apply(read());
    }

    @Override
    public final AttributeList getAttributes(String[] names) {
        BeanReading now = read();
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
        write(List.of(change));
    }

    private void write(List<javax.management.Attribute> changes)
            throws AttributeNotFoundException, InvalidAttributeValueException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (javax.management.Attribute change : changes) {
            String key = known(change.getName()).key();
            if (key == null) {
                throw new AttributeNotFoundException(change.getName() + " is read-only");
            }
            values.put(key, change.getValue());
        }
        if (values.isEmpty()) {
            return;
        }
        try {
            settings.write(values);
        } catch (IllegalArgumentException e) {
            throw new InvalidAttributeValueException(e.getMessage());
        }
    }

    /** All or none. What is missing in the result would say that something was refused, but not what and why. */
    @Override
    public final AttributeList setAttributes(AttributeList changes) {
        try {
            write(changes.asList());
            return changes;
        } catch (AttributeNotFoundException | InvalidAttributeValueException e) {
            throw new RuntimeOperationsException(new IllegalArgumentException(e.getMessage()),
                    "nothing is changed: " + e.getMessage());
        }
    }

    @Override
    public final Object invoke(String name, Object[] arguments, String[] signature) throws ReflectionException {
        Operation operation = operations.get(name);
        Object[] given = arguments == null ? new Object[0] : arguments;
        if (operation == null || operation.info().getSignature().length != given.length) {
            throw new ReflectionException(new NoSuchMethodException(name), "no operation " + name + " with "
                    + given.length + " arguments; there are " + operations.keySet());
        }
        for (int i = 0; i < given.length; i++) {
            if (given[i] == null) {
                String missing = operation.info().getSignature()[i].getName() + " of " + name + " is null";
                throw new RuntimeOperationsException(new IllegalArgumentException(missing), missing
                        + "; an empty text stands for none");
            }
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

    private BeanReading read() {
        return new BeanReading(told(), settings == null ? null : settings.reading());
    }

    /** What an application throws is told in words: a client has none of its classes. */
    private Record told() {
        try {
            return snapshot.get();
        } catch (RuntimeException | Error e) {
            throw new IllegalStateException("it cannot be read: " + Said.text(e));
        }
    }

    private Attribute known(String name) throws AttributeNotFoundException {
        Attribute attribute = attributes.get(name);
        if (attribute == null) {
            throw new AttributeNotFoundException("no attribute " + name + Spelling.nearest(name, attributes.keySet())
                    .map(meant -> "; did you mean " + meant + "?").orElse(""));
        }
        return attribute;
    }
}
