// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.FrameType;

/**
 * Messages that wait to be pulled, the most urgent first, and what was taken of them. Long ones are lent. Any thread
 * adds.
 */
public final class Bodies {

    private static final int LONG = 16 * 1024;

    /** What the socket took, fill by fill. */
    public final List<Taken> taken = Collections.synchronizedList(new ArrayList<>());
    private final Map<FrameClass, Queue<byte[]>> waiting = new EnumMap<>(FrameClass.class);

    /** One fill. */
    public final class Taken implements Fill {

        private final FrameClass frameClass;
        private final int bytes;
        private final int frames;

        Taken(FrameClass frameClass, int bytes, int frames) {
            this.frameClass = frameClass;
            this.bytes = bytes;
            this.frames = frames;
        }

        @Override
        public FrameClass frameClass() {
            return frameClass;
        }

        public int bytes() {
            return bytes;
        }

        @Override
        public void taken() {
            taken.add(this);
        }
    }

    public Bodies() {
        for (FrameClass each : FrameClass.values()) {
            waiting.put(each, new ConcurrentLinkedQueue<>());
        }
    }

    /** Adds a message of zeros. */
    public void add(FrameClass frameClass, int length) {
        add(frameClass, Frames.message(new byte[length]));
    }

    /** Adds a frame. */
    public void add(FrameClass frameClass, byte[] frame) {
        waiting.get(frameClass).add(frame);
    }

    /** Writes what there is of the most urgent class, as much as there is room for. */
    public Fill fill(FrameTarget target, FrameClass lowest) {
        for (FrameClass each : FrameClass.values()) {
            Queue<byte[]> frames = waiting.get(each);
            if (!frames.isEmpty() && each.compareTo(lowest) <= 0) {
                return fill(target, each, frames);
            }
        }
        return null;
    }

    private Fill fill(FrameTarget target, FrameClass frameClass, Queue<byte[]> frames) {
        int count = 0;
        while (!frames.isEmpty() && (count == 0 || frames.peek().length <= target.room())) {
            byte[] frame = frames.poll();
            int copied = frame.length < LONG ? frame.length : FrameType.HEADER_LENGTH;
            target.copy(frame, 0, copied);
            if (copied < frame.length) {
                target.lend(frame, copied, frame.length - copied);
            }
            count++;
        }
        return new Taken(frameClass, target.length(), count);
    }

    /** How many frames were taken. */
    public int framesTaken() {
        synchronized (taken) {
            return taken.stream().mapToInt(fill -> fill.frames).sum();
        }
    }

    /** How many bytes were taken of a class. */
    public long bytesTaken(FrameClass frameClass) {
        synchronized (taken) {
            return taken.stream().filter(fill -> fill.frameClass == frameClass).mapToLong(Taken::bytes).sum();
        }
    }

    /** How many bytes wait. */
    public long bytesWaiting() {
        return waiting.values().stream().flatMap(Queue::stream).mapToLong(frame -> frame.length).sum();
    }

    /** Gives up what waits. */
    public void clear() {
        waiting.values().forEach(Queue::clear);
    }
}
