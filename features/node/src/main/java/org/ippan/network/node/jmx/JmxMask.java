// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.jmx;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;

/**
 * {@code java.lang:type=Runtime} without what may be secret: options of the JVM and system properties are shown by
 * name, their values as stars but for those that only tell which machine and JVM this is. Stateless.
 */
final class JmxMask {

    private static final String STARS = "***";
    private static final Set<String> PLAIN = Set.of("file.encoding", "file.separator", "java.class.version",
            "java.home", "java.runtime.name", "java.runtime.version", "java.specification.version", "java.vendor",
            "java.version", "java.vm.name", "java.vm.vendor", "java.vm.version", "line.separator", "os.arch", "os.name",
            "os.version", "path.separator", "sun.arch.data.model");

    private JmxMask() {
    }

    /** What a reader is shown instead of an attribute's value. */
    static Object mask(Object bean, String attribute, Object value) {
        if (!(bean instanceof ObjectName name) || !name.getDomain().equals("java.lang")
                || !"Runtime".equals(name.getKeyProperty("type"))) {
            return value;
        }
        return switch (attribute) {
            case "InputArguments" -> arguments((String[]) value);
            case "SystemProperties" -> properties((TabularData) value);
            default -> value;
        };
    }

    /** What a reader is shown instead of several attributes' values. */
    static AttributeList mask(Object bean, AttributeList values) {
        AttributeList masked = new AttributeList();
        values.asList().forEach(one -> masked.add(new Attribute(one.getName(),
                mask(bean, one.getName(), one.getValue()))));
        return masked;
    }

    private static String[] arguments(String[] arguments) {
        List<String> masked = new ArrayList<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            masked.add(equals < 0 ? argument : argument.substring(0, equals + 1) + STARS);
        }
        return masked.toArray(String[]::new);
    }

    private static TabularData properties(TabularData properties) {
        TabularDataSupport masked = new TabularDataSupport(properties.getTabularType());
        try {
            for (Object row : properties.values()) {
                CompositeData one = (CompositeData) row;
                String key = (String) one.get("key");
                masked.put(new CompositeDataSupport(one.getCompositeType(), new String[] {"key", "value"},
                        new Object[] {key, PLAIN.contains(key) ? one.get("value") : STARS}));
            }
        } catch (OpenDataException e) {
            throw new IllegalStateException("the JVM's own rows have keys and values", e);
        }
        return masked;
    }
}
