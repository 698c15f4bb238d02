// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.transport.WebSocketSnapshot;
import org.ippan.network.testkit.Descriptions;
import org.ippan.network.testkit.process.Programs;
import org.ippan.network.transport.Pem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketSettingsTest {

    @TempDir
    private Path folder;

    private final List<String> errors = new ArrayList<>();
    private final LiveSettings<WebSocketSettings> settings =
            new LiveSettings<>(WebSocketSettings.SCHEMA, WebSocketSettings::of, errors::add, errors::add);

    private boolean set(String... keysAndValues) {
        Map<String, Object> raw = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            raw.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return settings.update(raw, changed -> { });
    }

    @Test
    void shouldDescribeEveryKeyAndEveryNumberInOnePlace() {
        assertEquals(List.of(), Descriptions.disagreements(WebSocketConfig.class, WebSocketSettings.SCHEMA));
        assertEquals(List.of(), Descriptions.undescribed(WebSocketSnapshot.class));
    }

    @Test
    void shouldUseNoWebSocketUnlessItIsToldTo() {
        assertTrue(set());

        assertFalse(settings.current().enabled());
        assertTrue(settings.current().schemes().isEmpty());
        assertEquals("/ippan", settings.current().path());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            enabled        | maybe               | must be true or false
            listenAddress  | somewhere           | host:port
            path           | ippan               | a slash
            path           | /with space         | a slash
            certificate    | /nowhere            | privateKey is empty: must be set where certificate is set
            privateKey     | /nowhere            | certificate is empty: must be set where privateKey is set
            trustedProxies | 127.0.0.1           | networks like 127.0.0.1/32 or fc00::/7 (a single address has /32
            outerTrust     | /nowhere/server.pem | PEM file with certificates (correct the path or the file: /nowhere/
            outerTrust     | yes                 | must be any, system, or a PEM file with certificates
            outerTrust     | .                   | it is no file
            outerTrust     | /dev/zero           | it is no file
            proxy          | proxy:3128          | http://host:port
            proxy          | https://proxy:3128  | http://host:port, or empty (user and password go into proxyUser
            proxy          | http://me@proxy:80  | http://host:port
            proxyUser      | me:secret           | a name without a colon (the password goes into proxyPassword)
            noProxy        | 10.0.0.0/99         | networks like
            noProxy        | *.example.org       | names of hosts or domains (example.org stands for
            noProxy        | example.org:80      | leave out ports and asterisks
            pingSeconds    | 4                   | from 5 to 300
            pingSeconds    | 301                 | from 5 to 300
            """)
    void shouldRefuseABadValueInWordsAndKeepTheLastGoodOnes(String key, String value, String says) {
        assertTrue(set("enabled", "true", "path", "/good"));

        assertFalse(set("enabled", "true", key, value));

        String error = settings.lastConfigError().orElseThrow();
        assertTrue(error.contains(key) && error.contains(says), error);
        assertFalse(error.contains("Exception"), error);
        assertEquals("/good", settings.current().path());
        assertTrue(set("enabled", "true"));
    }

    /** At the first start a default stands in for what is wrong: these would dial past the proxy, or trust anyone. */
    @ParameterizedTest
    @CsvSource({"proxy,proxy:3128,true", "outerTrust,/nowhere/ca.pem,true", "trustedProxies,127.0.0.1,true",
        "certificate,/nowhere,true", "proxyUser,a:b,true", "noProxy,*.example.org,true",
        "path,ippan,false", "pingSeconds,4,false"})
    void shouldTellWhatNoDefaultMayStandInFor(String key, String value, boolean unguarded) {
        assertFalse(set("enabled", "true", key, value));

        assertEquals(unguarded, settings.failedClosed());
    }

    @Test
    void shouldWarnOfTrustInEveryone() {
        assertTrue(set("trustedProxies", "127.0.0.1/32, 0.0.0.0/0"));

        assertTrue(errors.get(0).contains("trustedProxies") && errors.get(0).contains("every client may say where it"
                + " comes from"), errors.toString());
    }

    /** One of the two was forgotten, as a rule. */
    @ParameterizedTest
    @CsvSource({"proxyPassword,proxyUser", "proxyUser,proxy", "trustedProxies,listenAddress"})
    void shouldWarnOfAKeyThatDoesNothingWithoutAnother(String key, String needed) {
        assertTrue(set(key, "127.0.0.1/32"));

        assertEquals("org.ippan.network.transport.websocket: " + key + ": it does nothing while " + needed
                + " is not set; set " + needed + " too, or leave " + key + " out", errors.get(0));
    }

    @Test
    void shouldNotWarnOfKeysThatBelongTogether() {
        assertTrue(set("proxy", "http://proxy:3128", "proxyUser", "me", "proxyPassword", "word", "listenAddress",
                "127.0.0.1:0", "trustedProxies", "127.0.0.1/32"));

        assertEquals(List.of(), errors);
    }

    /** Blanks at the end of a line belong to no path, here neither. */
    @Test
    void shouldWatchTheFilesThatAreRead() {
        assertEquals(List.of("/a.pem", "/b.pem"), WebSocketSettings.files(Map.of("certificate", "/a.pem ",
                "privateKey", " /b.pem", "outerTrust", "any ", "path", "/c")));
    }

    @Test
    void shouldRefuseAnEmptyPassword() {
        assertFalse(set("proxyPassword", ""));

        assertTrue(settings.lastConfigError().orElseThrow().contains("proxyPassword is empty"));
    }

    @Test
    void shouldRefuseAPairThatIsNoCertificateWithItsKey() throws Exception {
        Pem pem = Pem.create(Files.createDirectory(folder.resolve("mine")));
        Pem other = Pem.create(Files.createDirectory(folder.resolve("other")));
        Path cut = Files.writeString(folder.resolve("cut.pem"), "-----BEGIN PRIVATE KEY-----\nMC4CAQAw\nB\n"
                + "-----END PRIVATE KEY-----\n");
        Path damaged = Files.writeString(folder.resolve("damaged.pem"), Files.readString(pem.certificate())
                .replaceFirst("(?s)(BEGIN CERTIFICATE-----\n.{10}).{8}", "$1"));

        assertTrue(set("certificate", pem.certificate().toString(), "privateKey", pem.key().toString()));
        refuses(Path.of("/nowhere/a.pem"), pem.key(), "certificate = /nowhere/a.pem: must be a PEM file with the"
                + " certificate and those that certify it (correct the path or the file: /nowhere/a.pem: there is no"
                + " such file or folder)");
        refuses(pem.key(), pem.key(), "it has no BEGIN CERTIFICATE");
        refuses(damaged, pem.key(), "a certificate in it is damaged");
        refuses(pem.certificate(), folder.resolve("none"), "there is no such file or folder");
        refuses(pem.certificate(), pem.certificate(), "it has no BEGIN PRIVATE KEY");
        refuses(pem.certificate(), cut, "its key is damaged");
        refuses(pem.certificate(), other.key(), "privateKey = " + other.key() + ": must be a PEM file with the private"
                + " key of certificate, PKCS #8 without a password (correct the path or the file: the key is another"
                + " certificate's)");
        assertTrue(settings.current().certificate().isPresent());
    }

    /** Programs that renew certificates have a link lead to the newest. */
    @Test
    void shouldTellWhoElseMayReadTheKey() throws Exception {
        Pem pem = Pem.create(folder);
        Path link = Files.createSymbolicLink(folder.resolve("newest.pem"), pem.key());
        Files.setPosixFilePermissions(pem.key(), PosixFilePermissions.fromString("rw-------"));
        String[] pair = {"certificate", pem.certificate().toString(), "privateKey", link.toString(), "listenAddress",
            "127.0.0.1:0"};
        set(pair);
        List<String> before = List.copyOf(errors);

        Files.setPosixFilePermissions(pem.key(), PosixFilePermissions.fromString("rw-r-----"));
        boolean taken = set(pair);

        Path key = pem.key().toRealPath();
        assertEquals(List.of(), before);
        assertTrue(taken);
        assertTrue(errors.get(0).contains("privateKey") && errors.get(0).contains(key + " is open to other users:"
                + " group read; run chmod 600 " + key + ", and replace the key if it may have been read"),
                errors.get(0));
    }

    /** As a console does when its user gives up on a command. */
    @Test
    void shouldReadItsFilesOnAThreadThatIsInterrupted() throws Exception {
        Pem pem = Pem.create(folder);
        Thread.currentThread().interrupt();

        boolean taken = set("certificate", pem.certificate().toString(), "privateKey", pem.key().toString());

        assertTrue(Thread.interrupted());
        assertTrue(taken, settings.lastConfigError().toString());
    }

    /** No program writes to it: opening it would never return. */
    @Test
    void shouldNotWaitForAPipe() {
        Path pipe = folder.resolve("pipe");
        Programs.run(folder, "mkfifo", pipe.toString());

        assertFalse(assertTimeoutPreemptively(Duration.ofSeconds(10), () -> set("outerTrust", pipe.toString())));
        assertTrue(settings.lastConfigError().orElseThrow().contains("it is no file"));
    }

    private void refuses(Path certificate, Path key, String says) {
        assertFalse(set("certificate", certificate.toString(), "privateKey", key.toString()));

        String error = settings.lastConfigError().orElseThrow();
        assertTrue(error.contains(says), error);
        assertFalse(error.contains("Exception"), error);
    }

    @Test
    void shouldNeverShowThePassword() {
        assertFalse(set("proxy", "http://proxy:3128", "proxyUser", "a:b", "proxyPassword", "very-secret"));

        assertFalse(settings.lastConfigError().orElseThrow().contains("very-secret"));
        assertTrue(set("proxy", "http://proxy:3128", "proxyUser", "user", "proxyPassword", "very-secret"));
        assertFalse((settings.displayed() + settings.current().toString()).contains("very-secret"));
        assertFalse(settings.current().toString().contains("dXNlcjp2"), "in Base64 neither");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,false", "10.1.2.3,false", "localhost,false", "a.example.org,false", "example.org,false",
        "notexample.org,true", "example.org.evil,true", "203.0.113.7,true"})
    void shouldUseTheProxyForWhatIsNotNamed(String host, boolean byProxy) {
        assertTrue(set("proxy", "http://proxy:3128", "noProxy", "127.0.0.0/8,10.0.0.0/8,localhost,example.org"));

        assertEquals(byProxy, settings.current().proxyTo(new PeerAddress("wss", host, 443, "")).isPresent());
    }

    /** Behind a trusted proxy the world comes in, though the address is loopback. */
    @Test
    void shouldTellFromWhereItIsReached() {
        set("enabled", "true", "listenAddress", "127.0.0.1:9750");
        assertTrue(settings.current().loopback());
        set("enabled", "true", "listenAddress", "127.0.0.1:9750", "trustedProxies", "127.0.0.1/32");
        assertFalse(settings.current().loopback());
        set("enabled", "true", "listenAddress", "0.0.0.0:9750");
        assertFalse(settings.current().loopback());
        set("enabled", "true");
        assertTrue(settings.current().loopback());
    }
}
