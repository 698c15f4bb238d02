// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management.bean;

import java.util.function.Consumer;
import java.util.function.Function;
import javax.management.Descriptor;
import javax.management.ImmutableDescriptor;
import javax.management.MBeanAttributeInfo;

/**
 * One attribute of a bean.
 *
 * @param info how clients see it
 * @param getter reads it from one snapshot, so that all attributes read together belong together
 * @param setter writes it, or null if it is read-only
 */
record Attribute(MBeanAttributeInfo info, Function<Record, Object> getter, Consumer<Object> setter) {

    static Attribute readOnly(String name, String type, String description, String unit,
            Function<Record, Object> getter) {
        return new Attribute(new MBeanAttributeInfo(name, type, description, true, false, false, unit(unit)), getter,
                null);
    }

    static Attribute writable(String name, String type, String description, String unit,
            Function<Record, Object> getter, Consumer<Object> setter) {
        return new Attribute(new MBeanAttributeInfo(name, type, description, true, true, false, unit(unit)), getter,
                setter);
    }

    private static Descriptor unit(String unit) {
        return unit.isEmpty() ? ImmutableDescriptor.EMPTY_DESCRIPTOR : new ImmutableDescriptor("units=" + unit);
    }

    /** {@code banThreshold} is {@code BanThreshold} in JMX. */
    static String name(String key) {
        return Character.toUpperCase(key.charAt(0)) + key.substring(1);
    }
}
