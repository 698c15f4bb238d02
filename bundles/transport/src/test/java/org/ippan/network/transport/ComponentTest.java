// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.state.StateDirectory;
import org.ippan.network.testkit.osgi.FakeContainer;
import org.ippan.network.transport.identity.IdentityFile;
import org.ippan.network.transport.websocket.FileWatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The component as Declarative Services drives it. */
final class ComponentTest {

    @TempDir
    private Path state;

    private TransportComponent start(Map<String, Object> raw) {
        FakeContainer container = new FakeContainer(Map.of(StateDirectory.PROPERTY, state.toString()), state);
        TransportComponent component = new TransportComponent(container.context(), raw);
        component.publish(container.context());
        return component;
    }

    @Test
    void shouldBeTheSameNodeAfterARestartOfTheBundle() {
        TransportComponent first = start(Map.of());
        PeerId id = first.core.identity().id();
        first.deactivate();

        TransportComponent second = start(Map.of());

        assertEquals(id, second.core.identity().id());
        second.deactivate();
    }

    @Test
    void shouldNotServeWhileASecurityKeyIsInvalidAndRecoverLive() {
        try (TestNode node = new TestNode()) {
            TransportComponent component = start(Map.of("listenAddress", "127.0.0.1:0", "tls", "maybe"));
            component.core.listen(node);
            Recorder refused = new Recorder();
            component.core.connect(PeerAddress.tcp("127.0.0.1", 1), refused);
            refused.awaitEvent("dialFailed org.ippan.network.transport: tls = maybe");
            assertTrue(component.core.snapshot().listenError().contains("tls = maybe"));

            component.modified(Map.of("listenAddress", "127.0.0.1:0", "tls", "true"));

            TestNode.await(() -> component.core.listenAddress().isPresent(), "the listener");
            component.modified(Map.of("listenAddress", "127.0.0.1:0", "tls", "no"));
            TestNode.await(() -> component.core.listenAddress().isEmpty(), "the end of listening");
            component.deactivate();
        }
    }

    @Test
    void shouldNotServeUnderAnIdentityThatIsNotItsOwn() throws IOException {
        start(Map.of()).deactivate();
        Path file = state.resolve("transport").resolve(IdentityFile.NAME);
        Files.writeString(file, "damaged");

        TransportComponent component = start(Map.of());

        Recorder refused = new Recorder();
        component.core.connect(PeerAddress.tcp("127.0.0.1", 1), refused);
        refused.awaitEvent("dialFailed the identity in " + file);
        assertEquals("damaged", Files.readString(file));
        component.deactivate();
    }

    /** A configuration that is read slowly. */
    private static final class SlowConfiguration extends HashMap<String, Object> {

        private static final long serialVersionUID = 1L;

        private final transient CountDownLatch reading = new CountDownLatch(1);
        private final transient CountDownLatch readOn = new CountDownLatch(1);
        private volatile boolean slow;

        @Override
        public Object get(Object key) {
            if (slow) {
                reading.countDown();
                TestNode.await(() -> readOn.getCount() == 0, "the test to go on");
            }
            return super.get(key);
        }
    }

    @Test
    void shouldLeaveWebSocketOffThoughItsCertificateIsReadAgainJustThen() throws Exception {
        TransportComponent transport = start(Map.of("listenAddress", "127.0.0.1:0"));
        Path pem = state.resolve("transport").resolve(IdentityFile.NAME);
        SlowConfiguration raw = new SlowConfiguration();
        raw.putAll(Map.of("enabled", "true", "certificate", pem.toString(), "privateKey", pem.toString()));
        WebSocketComponent component = new WebSocketComponent(new FakeContainer().context(), raw, transport);
        assertTrue(transport.core.webSockets().carrier("ws").isPresent());
        FileWatch watch = new FileWatch(List.of(pem.toString()));
        Files.setLastModifiedTime(pem, FileTime.fromMillis(1));
        watch.isDue();
        raw.slow = true;
        Thread look = new Thread(() -> component.look(watch, raw));
        look.start();
        raw.reading.await();

        Thread end = new Thread(component::deactivate);
        end.start();
        end.join(TimeUnit.SECONDS.toMillis(10));
        assertFalse(end.isAlive(), "it waits for who reads files");
        raw.readOn.countDown();
        look.join();

        assertTrue(transport.core.webSockets().carrier("ws").isEmpty());
        transport.deactivate();
    }
}
