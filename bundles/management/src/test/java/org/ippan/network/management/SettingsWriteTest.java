// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.Descriptor;
import javax.management.InvalidAttributeValueException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.RuntimeMBeanException;
import javax.management.RuntimeOperationsException;
import org.ippan.network.management.bean.BeanNames;
import org.ippan.network.management.bean.BeanRegistry;
import org.ippan.network.management.bean.GenericBean;
import org.ippan.network.management.bean.SettingsAttributes;
import org.ippan.network.management.bean.SettingsWriter;
import org.ippan.network.management.bean.SnapshotAttributes;
import org.junit.jupiter.api.Test;

/** Settings written over JMX: what is refused changes nothing, anywhere. */
class SettingsWriteTest {

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final ConfiguredBundle bundle = new ConfiguredBundle();
    private final FakeConfigurationAdmin admin = new FakeConfigurationAdmin(bundle::update);
    private final BeanNames names = BeanNames.free(server, "", "0123456789");

    private void present() {
        bundle.update(new Hashtable<>());
        new BeanRegistry(server, warning -> { }).register(names.of("Reputation"), new GenericBean("A bean.",
                bundle::snapshot).with(SnapshotAttributes.of(ConfiguredBundle.Snapshot.class))
                .with(new SettingsAttributes(bundle.settings(), Optional.of(new SettingsWriter(admin)))));
    }

    @Test
    void shouldWriteASettingThroughConfigAdminAsText() throws JMException {
        present();

        server.setAttribute(names.of("Reputation"), new Attribute("BanThreshold", -450));
        server.setAttribute(names.of("Reputation"), new Attribute("Allow", new String[] {"a", "b"}));

        assertEquals(-450, server.getAttribute(names.of("Reputation"), "BanThreshold"));
        assertEquals("-450", admin.stored.get("banThreshold"));
        assertEquals("a,b", admin.stored.get("allow"));
    }

    /** It may be a token. */
    @Test
    void shouldShowNoQueryOfAUrlAndKeepTheOneThatIsWrittenBack() throws JMException {
        present();
        set("Allow", new String[] {"https://host/list?token=a1", "b"});

        String[] read = (String[]) server.getAttribute(names.of("Reputation"), "Allow");
        assertEquals(List.of("https://host/list?***", "b"), List.of(read));
        set("Allow", new String[] {read[0], "c"});

        assertEquals("https://host/list?token=a1,c", admin.stored.get("allow"));
    }

    @Test
    void shouldTakeAnArrayOfOneNumberForTheNumber() throws JMException {
        present();

        for (Object one : List.of(new int[] {-450}, new Integer[] {-450}, new String[] {"-450"}, List.of(-450))) {
            set("BanThreshold", -500);
            set("BanThreshold", one);

            assertEquals("-450", admin.stored.get("banThreshold"));
        }
    }

    @Test
    void shouldRefuseABadValueWithTheRuleAndChangeNothing() throws JMException {
        present();

        var refused = assertThrows(InvalidAttributeValueException.class, () ->
                server.setAttribute(names.of("Reputation"), new Attribute("BanThreshold", 7)));

        assertEquals("banThreshold = 7: must be a whole number from -1000 to -1", refused.getMessage());
        assertEquals(-500, server.getAttribute(names.of("Reputation"), "BanThreshold"));
        assertEquals(null, admin.stored);
        assertThrows(AttributeNotFoundException.class, () ->
                server.setAttribute(names.of("Reputation"), new Attribute("Bans", 0L)));
    }

    @Test
    void shouldCorrectABadValueThatIsStoredAndOneBesideAnother() throws JMException {
        present();
        admin.update(Map.of("banThreshold", "abc", "allow", "a", "hurry", "soon"));

        set("BanThreshold", -450);

        assertEquals(-450, server.getAttribute(names.of("Reputation"), "BanThreshold"));
        assertEquals("a.pid: hurry = soon: must be one of high, normal, low",
                server.getAttribute(names.of("Reputation"), "LastConfigError"));

        set("Hurry", "high");

        assertEquals("", server.getAttribute(names.of("Reputation"), "LastConfigError"));
        assertEquals("high", server.getAttribute(names.of("Reputation"), "Hurry"));
    }

    @Test
    void shouldCheckAWriteAgainstWhatIsStoredRatherThanInForce() throws JMException {
        present();
        admin.update(Map.of("banThreshold", "-300"));
        admin.stored.put("banThreshold", "-100");

        var refused = assertThrows(InvalidAttributeValueException.class, () -> set("WarnThreshold", -150));

        assertEquals("warnThreshold must be above banThreshold", refused.getMessage());
        assertEquals("-100", admin.stored.get("banThreshold"));
        assertEquals(null, admin.stored.get("warnThreshold"));
    }

    @Test
    void shouldTakeBackWhatTheBundleRefusesAfterAll() throws JMException {
        present();

        assertThrows(InvalidAttributeValueException.class, () -> set("BanThreshold", -666));

        assertEquals(null, admin.stored);
        assertEquals("", server.getAttribute(names.of("Reputation"), "LastConfigError"));
        assertEquals(-500, server.getAttribute(names.of("Reputation"), "BanThreshold"));
    }

    @Test
    void shouldReplaceAKeyThatIsStoredInAnotherCase() throws JMException {
        present();
        admin.update(Map.of("BanThreshold", "-300"));

        set("BanThreshold", -400);

        assertEquals(Map.of("banThreshold", "-400"), admin.stored);
    }

    @Test
    void shouldSetAttributesTogetherAllOrNone() throws JMException {
        present();
        AttributeList together = new AttributeList(List.of(new Attribute("BanThreshold", -100),
                new Attribute("WarnThreshold", -50)));

        assertEquals(together, server.setAttributes(names.of("Reputation"), together));
        assertEquals(Map.of("banThreshold", "-100", "warnThreshold", "-50"), admin.stored);

        Map<Attribute, String> refused = Map.of(new Attribute("BanThreshold", 7), "banThreshold = 7: must be ",
                new Attribute("Bans", 7L), "Bans is read-only", new Attribute("WarnTreshold", 7),
                "no attribute WarnTreshold; did you mean WarnThreshold?");
        refused.forEach((bad, why) -> {
            String told = assertThrows(RuntimeOperationsException.class, () -> server.setAttributes(
                    names.of("Reputation"), new AttributeList(List.of(new Attribute("WarnThreshold", -60), bad))))
                            .getMessage();
            assertTrue(told.startsWith("nothing is changed: " + why), told);
        });
        assertEquals(List.of(), server.setAttributes(names.of("Reputation"), new AttributeList()));
        assertEquals(Map.of("banThreshold", "-100", "warnThreshold", "-50"), admin.stored);
    }

    @Test
    void shouldChangeSeveralSettingsInOneOperation() throws JMException {
        present();

        assertEquals("banThreshold=-100; warnThreshold=-50", change("banThreshold=-100; warnThreshold = -50"));
        assertEquals("warnThreshold=-60; allow=a;b", change("warnThreshold=-60\nallow=a;b"));
        assertEquals("banThreshold=-500; warnThreshold=-200", change("banThreshold; warnThreshold\n"), "as pasted");
        assertEquals(Map.of("allow", "a;b"), admin.stored);
        for (String bad : List.of("", "banThreshold=-100", "banThreshold=-9;banThreshold=-8", "BanThreshold=-300")) {
            assertThrows(RuntimeMBeanException.class, () -> change(bad), bad);
        }
        assertEquals(Map.of("allow", "a;b"), admin.stored);
    }

    @Test
    void shouldLeaveASecretAloneThatIsWrittenBackAsItWasReadAndRefuseAnEmptyOne() throws JMException {
        present();
        set("Word", "open sesame");

        set("Word", server.getAttribute(names.of("Reputation"), "Word"));

        assertEquals("open sesame", admin.stored.get("word"));
        assertThrows(InvalidAttributeValueException.class, () -> set("Word", ""));
        assertEquals("open sesame", admin.stored.get("word"));
    }

    @Test
    void shouldDescribeTheRangeTheDefaultAndTheLegalValuesToClients() throws JMException {
        present();

        Descriptor range = attribute("BanThreshold").getDescriptor();
        assertEquals(List.of(-1000, -1, -500, "points", "at once"), List.of(range.getFieldValue("minValue"),
                range.getFieldValue("maxValue"), range.getFieldValue("defaultValue"), range.getFieldValue("units"),
                range.getFieldValue("applies")));
        assertEquals(Set.of("low", "normal", "high"), attribute("Hurry").getDescriptor().getFieldValue("legalValues"));
        assertEquals(null, attribute("Word").getDescriptor().getFieldValue("defaultValue"));
        assertEquals("counter", attribute("Bans").getDescriptor().getFieldValue("metricType"));
    }

    private void set(String attribute, Object value) throws JMException {
        server.setAttribute(names.of("Reputation"), new Attribute(attribute, value));
    }

    private Object change(String assignments) throws JMException {
        return server.invoke(names.of("Reputation"), "change", new Object[] {assignments},
                new String[] {String.class.getName()});
    }

    private MBeanAttributeInfo attribute(String name) throws JMException {
        return Arrays.stream(server.getMBeanInfo(names.of("Reputation")).getAttributes())
                .filter(info -> info.getName().equals(name)).findFirst().orElseThrow();
    }
}
