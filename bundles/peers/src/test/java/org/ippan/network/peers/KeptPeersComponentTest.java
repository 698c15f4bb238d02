// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ippan.network.api.PeerAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Peers that operators add, stored where Config Admin stores configurations. */
class KeptPeersComponentTest {

    private static final PeerAddress PARIS = PeerAddress.parse("10.0.0.12:9700");

    private final Map<String, Dictionary<String, Object>> stored = new TreeMap<>();
    private boolean present = true;
    private final KeptPeersComponent kept = new KeptPeersComponent(stub(BundleContext.class, (proxy, method, in) ->
            switch (method.getName()) {
                case "getServiceReference" -> present ? stub(ServiceReference.class, (any, asked, with) -> null) : null;
                case "getService" -> admin();
                default -> true;
            }));

    private static <T> T stub(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private ConfigurationAdmin admin() {
        return stub(ConfigurationAdmin.class, (proxy, method, in) -> method.getName().equals("listConfigurations")
                ? matching((String) in[0])
                : configuration(in[0] + "~" + in[1]));
    }

    /** As Config Admin answers: null for none. */
    private Configuration[] matching(String filter) {
        Configuration[] found = stored.entrySet().stream()
                .filter(entry -> filter.equals("(service.factoryPid=org.ippan.network.peers.peer)"))
                .map(entry -> configuration(entry.getKey())).toArray(Configuration[]::new);
        return found.length == 0 ? null : found;
    }

    @SuppressWarnings("unchecked")
    private Configuration configuration(String pid) {
        return stub(Configuration.class, (proxy, method, in) -> switch (method.getName()) {
            case "getPid" -> pid;
            case "getProperties" -> stored.get(pid);
            case "update" -> stored.put(pid, (Dictionary<String, Object>) in[0]);
            default -> stored.remove(pid);
        });
    }

    @Test
    void shouldStoreAPeerAsAConfigurationOfItsOwn() {
        assertEquals(Optional.of("org.ippan.network.peers.peer~paris"), kept.keep(PARIS, "paris"));

        assertEquals("10.0.0.12:9700", stored.get("org.ippan.network.peers.peer~paris").get("address"));
    }

    @Test
    void shouldNameAPeerWithoutAnAliasByItsAddress() {
        assertEquals(Optional.of("org.ippan.network.peers.peer~10-0-0-12-9700"), kept.keep(PARIS, ""));
    }

    /** Names of configurations have neither dots nor colons, and end somewhere. */
    @Test
    void shouldKeepPeersApartWhoseAddressesMakeTheSameName() {
        String far = "x".repeat(80) + ".example.org:";

        assertEquals(Optional.of("org.ippan.network.peers.peer~a-b-1"), keep("a.b:1"));
        assertEquals(Optional.of("org.ippan.network.peers.peer~a-b-1-2"), keep("a-b:1"));
        assertEquals(Optional.of("org.ippan.network.peers.peer~a-b-1-2"), keep("A-B:1"));
        assertEquals(Optional.of("org.ippan.network.peers.peer~" + "x".repeat(56)), keep(far + 1));
        assertEquals(Optional.of("org.ippan.network.peers.peer~" + "x".repeat(56) + "-2"), keep(far + 2));
        assertEquals(4, stored.size());
        assertTrue(kept.drop(PeerAddress.parse("a-b:1")));
        assertEquals("a.b:1", stored.get("org.ippan.network.peers.peer~a-b-1").get("address"));
    }

    private Optional<String> keep(String address) {
        return kept.keep(PeerAddress.parse(address), "");
    }

    @Test
    void shouldTakeAwayWhatItStored() {
        kept.keep(PARIS, "paris");

        assertTrue(kept.drop(PARIS));

        assertEquals(Map.of(), stored);
        assertFalse(kept.drop(PARIS));
    }

    @Test
    void shouldTakeAwayNoPeerButTheOneThatIsNamed() {
        kept.keep(PARIS, "paris");

        assertFalse(kept.drop(PeerAddress.parse("*:9700")));

        assertEquals(1, stored.size());
    }

    @Test
    void shouldLeaveAPeerToTheFileThatDescribesIt() {
        stored.put("org.ippan.network.peers.peer~paris", new Hashtable<>(Map.of("address", "10.0.0.12:9700",
                "felix.fileinstall.filename", "file:/etc/org.ippan.network.peers.peer-paris.cfg")));

        assertFalse(kept.drop(PARIS));

        assertThrows(IllegalArgumentException.class, () -> kept.keep(PARIS, "paris"));
        assertEquals(1, stored.size());
        assertEquals(Optional.of("file:/etc/org.ippan.network.peers.peer-paris.cfg"), kept.file("paris"));
        assertEquals(Optional.empty(), kept.file("*"));
    }

    /** It would be there all the same, and said to be removed. */
    @Test
    void shouldLeaveAPeerThatAFileDescribesTooAsItIs() {
        kept.keep(PARIS, "");
        stored.put("org.ippan.network.peers.peer~paris", new Hashtable<>(Map.of("address", "10.0.0.12:9700",
                "felix.fileinstall.filename", "file:/etc/org.ippan.network.peers.peer-paris.cfg")));

        assertFalse(kept.drop(PARIS));

        assertEquals(2, stored.size());
    }

    @Test
    void shouldKeepNothingWithoutConfigAdmin() {
        present = false;

        assertEquals(Optional.empty(), kept.keep(PARIS, "paris"));
        assertFalse(kept.drop(PARIS));
        assertEquals(Optional.empty(), kept.file("paris"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "~", "x/y", "pa,ris"})
    void shouldRefuseAnAliasThatIsNoNameOfAConfiguration(String alias) {
        String why = assertThrows(IllegalArgumentException.class, () -> kept.keep(PARIS, alias)).getMessage();

        assertTrue(why.startsWith("alias = " + alias + ": must be 1 to 64 letters"), why);
    }

    @Test
    void shouldNotTakeAnAliasAwayFromAnotherPeer() {
        kept.keep(PARIS, "paris");

        String why = assertThrows(IllegalArgumentException.class,
                () -> kept.keep(PeerAddress.parse("10.0.0.13:9700"), "paris")).getMessage();

        assertEquals("alias = paris: the peer at 10.0.0.12:9700 has it; choose another, or remove that peer first",
                why);
        assertEquals("10.0.0.12:9700", stored.get("org.ippan.network.peers.peer~paris").get("address"));
    }

    @Test
    void shouldLeaveAPeerAsItIsThatIsAddedAgain() {
        stored.put("org.ippan.network.peers.peer~paris", new Hashtable<>(Map.of("address", "10.0.0.12:9700", "peerId",
                "ab".repeat(32))));

        kept.keep(PARIS, "paris");

        assertEquals("ab".repeat(32), stored.get("org.ippan.network.peers.peer~paris").get("peerId"));
    }
}
