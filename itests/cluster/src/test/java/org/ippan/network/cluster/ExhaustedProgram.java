// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.io.IOException;
import org.ippan.network.node.main.Main;

/** A node of the command line; a byte on standard input has the heap filled to the last place, for good. */
final class ExhaustedProgram {

    private static final int LARGEST = 1 << 16;

    /** Each of these arrays has the one before it. */
    private static Object[] kept = new Object[1];

    private ExhaustedProgram() {
    }

    /** Takes what the command line does. */
    public static void main(String[] arguments) {
        new Thread(ExhaustedProgram::eat, "eater").start();
        Main.main(arguments);
    }

    private static void eat() {
        try {
            System.in.read();
        } catch (IOException e) {
            return;
        }
        for (int size = LARGEST; size > 0; size /= 2) {
            fill(size);
        }
        throw new OutOfMemoryError("the heap is full");
    }

    private static void fill(int size) {
        try {
            while (true) {
                Object[] next = new Object[size];
                next[0] = kept;
                kept = next;
            }
        } catch (OutOfMemoryError e) {
            // Smaller ones may still fit.
            return;
        }
    }
}
