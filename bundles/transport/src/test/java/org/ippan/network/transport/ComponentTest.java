// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.state.StateDirectory;
import org.ippan.network.testkit.osgi.FakeContainer;
import org.ippan.network.transport.identity.IdentityFile;
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
}
