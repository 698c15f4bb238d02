// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management.bean;

import java.util.Map;
import java.util.function.Function;
import javax.management.Descriptor;
import javax.management.ImmutableDescriptor;
import javax.management.MBeanAttributeInfo;

/**
 * One attribute of a bean.
 *
 * @param info how clients see it
 * @param getter reads it from what is read once for all attributes of a call
 * @param key the setting it writes, or null if it is read-only
 */
record Attribute(MBeanAttributeInfo info, Function<BeanReading, Object> getter, String key) {

    static Attribute readOnly(String name, String type, String description, Map<String, ?> fields,
            Function<BeanReading, Object> getter) {
        return new Attribute(new MBeanAttributeInfo(name, type, description, true, false, false, descriptor(fields)),
                getter, null);
    }

    static Attribute writable(String key, String type, String description, Map<String, ?> fields,
            Function<BeanReading, Object> getter) {
        return new Attribute(new MBeanAttributeInfo(name(key), type, description, true, true, false,
                descriptor(fields)), getter, key);
    }

    private static Descriptor descriptor(Map<String, ?> fields) {
        return fields.isEmpty() ? ImmutableDescriptor.EMPTY_DESCRIPTOR : new ImmutableDescriptor(fields);
    }

    /** {@code banThreshold} is {@code BanThreshold} in JMX. */
    static String name(String key) {
        return Character.toUpperCase(key.charAt(0)) + key.substring(1);
    }
}
