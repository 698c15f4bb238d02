// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.util.Arrays;
import java.util.List;

/**
 * What is to be run, by time and then by order of arrival: a binary heap over plain arrays, since a simulation of
 * thousands of nodes spends its time here.
 */
final class TimedQueue {

    private static final int FIRST_CAPACITY = 64;

    private long[] times = new long[FIRST_CAPACITY];
    private long[] orders = new long[FIRST_CAPACITY];
    private Runnable[] tasks = new Runnable[FIRST_CAPACITY];
    private int size;
    private long added;

    void add(long time, Runnable task) {
        if (size == tasks.length) {
            times = Arrays.copyOf(times, 2 * size);
            orders = Arrays.copyOf(orders, 2 * size);
            tasks = Arrays.copyOf(tasks, 2 * size);
        }
        long order = added++;
        int hole = size++;
        while (hole > 0 && isBefore(time, order, (hole - 1) / 2)) {
            move((hole - 1) / 2, hole);
            hole = (hole - 1) / 2;
        }
        set(hole, time, order, task);
    }

    /** When the first is due; only if there is one. */
    long firstTime() {
        return times[0];
    }

    /** Takes the first out; only if there is one. */
    Runnable poll() {
        Runnable first = tasks[0];
        int last = --size;
        long time = times[last];
        long order = orders[last];
        Runnable task = tasks[last];
        tasks[last] = null;
        if (last > 0) {
            int hole = 0;
            int child;
            while ((child = firstChild(hole)) >= 0 && !isBefore(time, order, child)) {
                move(child, hole);
                hole = child;
            }
            set(hole, time, order, task);
        }
        return first;
    }

    /** The child that comes first; -1 if there is none. */
    private int firstChild(int parent) {
        int left = 2 * parent + 1;
        if (left >= size) {
            return -1;
        }
        int right = left + 1;
        return right < size && isBefore(times[right], orders[right], left) ? right : left;
    }

    private boolean isBefore(long time, long order, int slot) {
        return time < times[slot] || time == times[slot] && order < orders[slot];
    }

    private void move(int from, int to) {
        set(to, times[from], orders[from], tasks[from]);
    }

    private void set(int slot, long time, long order, Runnable task) {
        times[slot] = time;
        orders[slot] = order;
        tasks[slot] = task;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Everything in it, in no order. */
    List<Runnable> all() {
        return Arrays.asList(tasks).subList(0, size);
    }

    void clear() {
        Arrays.fill(tasks, 0, size, null);
        size = 0;
    }
}
