// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import static org.ippan.network.shell.Fakes.fake;
import static org.ippan.network.shell.Fakes.lines;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Dictionary;
import java.util.List;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.shell.output.Output.Form;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

class TailCommandTest {

    private static final PeerId PARIS = PeerId.parse("3f2a91cc" + "0".repeat(56));

    private int registered;

    /** A container in which three messages arrive at once. */
    private final BundleContext container = fake(BundleContext.class, new Object() {
        Object registerService(Class<?> type, Object service, Dictionary<String, ?> properties) {
            registered++;
            assertEquals("news", properties.get(GossipListener.TOPIC));
            List.of("one", "tw\u001bo", "three").forEach(text -> ((GossipListener) service).onMessage(message(text)));
            return fake(ServiceRegistration.class, new Object() {
                void unregister() {
                    registered--;
                }
            });
        }
    });

    private static ReceivedMessage message(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        return fake(ReceivedMessage.class, new Object() {
            MessageId id() {
                return MessageId.of(0, 0, 0, 0);
            }

            Topic topic() {
                return Topic.of("news");
            }

            PeerId deliveredBy() {
                return PARIS;
            }

            int hops() {
                return 1;
            }

            ByteBuffer payload() {
                return ByteBuffer.wrap(payload);
            }

            byte[] payloadBytes() {
                return payload;
            }
        });
    }

    private TailCommand tail(long count, long seconds) {
        TailCommand command = new TailCommand();
        command.context = container;
        command.topic = "news";
        command.count = count;
        command.seconds = seconds;
        return command;
    }

    @Test
    void shouldEndAfterSoManyMessages() throws Exception {
        assertEquals(List.of("3f2a91cc news one", "3f2a91cc news tw.o"), lines(Form.TABLE, tail(2, 60)::run));
        assertEquals(0, registered);
    }

    @Test
    void shouldWriteOneObjectForEachMessage() throws Exception {
        assertEquals(List.of("{\"id\":\"" + "0".repeat(64) + "\",\"topic\":\"news\",\"deliveredBy\":\"" + PARIS
                + "\",\"hops\":1,\"bytes\":3,\"text\":\"one\"}"), lines(Form.JSON, tail(1, 60)::run));
    }

    @Test
    void shouldEndWhenItsTimeIsOverOrItIsInterrupted() throws Exception {
        assertEquals(List.of(), lines(Form.TABLE, tail(9, 0)::run));
        Thread.currentThread().interrupt();
        assertEquals(List.of(), lines(Form.TABLE, tail(9, 60)::run));
        assertEquals(0, registered);
    }

    @Test
    void shouldRefuseWhatNoMessageCanHave() {
        TailCommand command = tail(1, 0);
        command.topic = "news/*/today";

        assertThrows(IllegalArgumentException.class, () -> lines(Form.TABLE, command::run));
        assertEquals(0, registered);
    }
}
