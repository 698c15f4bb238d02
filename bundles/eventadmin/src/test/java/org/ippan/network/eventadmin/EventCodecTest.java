// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.eventadmin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Events as bytes and back: every type that is carried, and whatever bytes a peer may send. */
class EventCodecTest {

    private static final String TOPIC = "com/acme/orders";

    private static Map<String, Object> travelled(Map<String, Object> properties) {
        RemoteEvent event = EventCodec.decode(ByteBuffer.wrap(EventCodec.encode(new RemoteEvent(TOPIC, properties))));
        assertEquals(TOPIC, event.topic());
        return event.properties();
    }

    private static String refused(Object value) {
        return assertThrows(IllegalArgumentException.class,
                () -> EventCodec.encode(new RemoteEvent(TOPIC, Collections.singletonMap("p", value)))).getMessage();
    }

    static Stream<Object> scalars() {
        return Stream.of("Łódź", "", true, (byte) -1, Short.MIN_VALUE, '€', Integer.MAX_VALUE, Long.MIN_VALUE, 1.5f,
                Double.NaN, List.of("a", "b"), List.of(), List.of(1L, 2L));
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void shouldCarryEveryTypeOfSingleValuesAndLists(Object value) {
        assertEquals(Map.of("p", value), travelled(Map.of("p", value)));
    }

    static Stream<Object> arrays() {
        return Stream.of(new int[] {1, -1}, new long[0], new boolean[] {true}, new byte[] {1, 2}, new char[] {'x'},
                new short[] {3}, new float[] {1.5f}, new double[] {2.5}, new String[] {"a", ""}, new Integer[] {7});
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void shouldCarryEveryTypeOfArrays(Object array) {
        Object travelled = travelled(Map.of("p", array)).get("p");

        assertEquals(array.getClass(), travelled.getClass());
        assertArrayEquals(new Object[] {array}, new Object[] {travelled});
    }

    @Test
    void shouldCarryNullAndNoProperties() {
        assertEquals(Collections.singletonMap("p", null), travelled(Collections.singletonMap("p", null)));
        assertEquals(Map.of(), travelled(Map.of()));
    }

    @Test
    void shouldNameThePropertyWhoseTypeIsNotCarried() {
        assertEquals("property p has the type java.io.File; carried are " + EventCodec.TYPES, refused(new File("x")));
        assertEquals("property p has the type java.io.File; carried are " + EventCodec.TYPES,
                refused(new File[] {new File("x")}));
        assertEquals("property p holds a java.lang.Integer beside values of java.lang.String; carried are "
                + EventCodec.TYPES, refused(List.of("a", 1)));
        assertEquals("property p holds null beside values of java.lang.String; carried are " + EventCodec.TYPES,
                refused(Arrays.asList("a", null)));
        assertTrue(refused(Map.of("a", 1)).startsWith("property p has the type java.util."));
    }

    /** Every prefix, and bytes changed at random: an event or a sentence, never another failure or much memory. */
    @Test
    void shouldRefuseInWordsWhatIsNoEvent() {
        byte[] good = EventCodec.encode(new RemoteEvent(TOPIC, Map.of("text", "abc", "numbers", new int[] {1, 2, 3},
                "list", List.of("x", "y"))));
        Random random = new Random(1);
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThrows(IllegalArgumentException.class, () -> EventCodec.decode(ByteBuffer.wrap(cut)));
        }
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = good.clone();
            for (int k = 0; k <= random.nextInt(3); k++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            try {
                EventCodec.decode(ByteBuffer.wrap(changed));
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage().startsWith("it"), e.toString());
            }
        }
    }

    @Test
    void shouldRefuseAnotherVersionAndBytesBehind() {
        byte[] good = EventCodec.encode(new RemoteEvent(TOPIC, Map.of()));
        byte[] longer = Arrays.copyOf(good, good.length + 1);
        good[0] = 2;

        assertEquals("its version is 2, this node knows 1", assertThrows(IllegalArgumentException.class,
                () -> EventCodec.decode(ByteBuffer.wrap(good))).getMessage());
        assertEquals("it has bytes too many, or a property twice", assertThrows(IllegalArgumentException.class,
                () -> EventCodec.decode(ByteBuffer.wrap(longer))).getMessage());
    }
}
