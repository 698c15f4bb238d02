// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.jmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class JmxGuardTest {

    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    private final MBeanServer reader = JmxGuard.of(BEANS, JmxRole.READONLY);
    private final MBeanServer writer = JmxGuard.of(BEANS, JmxRole.READWRITE);
    private final ObjectName memory;
    private final ObjectName diagnostics;

    JmxGuardTest() throws Exception {
        memory = new ObjectName("java.lang:type=Memory");
        diagnostics = new ObjectName("com.sun.management:type=DiagnosticCommand");
    }

    private static void assertRefused(Executable call) {
        assertThrows(SecurityException.class, call);
    }

    @Test
    void shouldLetEverybodyRead() throws Exception {
        assertEquals(BEANS.queryNames(null, null), reader.queryNames(null, null));
        assertEquals(BEANS.getMBeanInfo(memory), reader.getMBeanInfo(memory));
        assertFalse((boolean) reader.getAttribute(memory, "Verbose"));
        assertThrows(InstanceNotFoundException.class, () -> reader.getAttribute(new ObjectName("a:b=c"), "Verbose"));
    }

    @Test
    void shouldRefuseWritesToWhoMayReadOnly() {
        assertRefused(() -> reader.setAttribute(memory, new Attribute("Verbose", false)));
        assertRefused(() -> reader.setAttributes(memory, new AttributeList()));
        assertRefused(() -> reader.invoke(memory, "gc", null, null));
    }

    @Test
    void shouldLetWritersIntoHarmlessDomainsOnly() throws Exception {
        writer.setAttribute(memory, new Attribute("Verbose", false));

        assertEquals(0, writer.setAttributes(memory, new AttributeList()).size());
        assertRefused(() -> writer.invoke(diagnostics, "jvmtiAgentLoad", new Object[] {new String[] {"x"}},
                new String[] {String[].class.getName()}));
        assertRefused(() -> writer.setAttribute(diagnostics, new Attribute("a", 1)));
        assertRefused(() -> writer.invoke(null, "gc", null, null));
    }

    @Test
    void shouldLetNobodyMakeOrRemoveBeans() {
        assertRefused(() -> writer.createMBean("javax.management.loading.MLet", null));
        assertRefused(() -> writer.instantiate("javax.management.loading.MLet"));
        assertRefused(() -> writer.registerMBean(new Object(), null));
        assertRefused(() -> writer.unregisterMBean(memory));
        assertTrue(BEANS.isRegistered(memory));
    }

    @Test
    void shouldHideSecretsOfTheRuntimeFromReaders() throws Exception {
        ObjectName runtime = new ObjectName("java.lang:type=Runtime");
        System.setProperty("ippan.test.password", "a-secret-value");
        try {
            String[] names = {"InputArguments", "SystemProperties", "Name", "ClassPath"};
            String shown = reader.getAttribute(runtime, "SystemProperties") + String.join(" ",
                    (String[]) reader.getAttribute(runtime, "InputArguments")) + reader.getAttributes(runtime, names);

            assertFalse(shown.contains("a-secret-value"), shown);
            assertTrue(shown.contains("ippan.test.password") && shown.contains(System.getProperty("java.version")));
            assertEquals(names.length, reader.getAttributes(runtime, names).size());
            assertTrue(writer.getAttribute(runtime, "SystemProperties").toString().contains("a-secret-value"));
            assertEquals(BEANS.getAttribute(runtime, "Name"), reader.getAttribute(runtime, "Name"));
        } finally {
            System.clearProperty("ippan.test.password");
        }
    }
}
