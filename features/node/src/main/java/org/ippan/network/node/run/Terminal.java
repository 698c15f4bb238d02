// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A stream for people: on a terminal, what is updated replaces what was there; in a file or a pipe, each update is new
 * lines. Safe for any thread.
 */
public final class Terminal {

    private static final String CLEAR_LINE = "\033[K";
    private static final String UP = "\033[%dA";

    private final PrintStream stream;
    private final boolean inPlace;
    private int linesAbove;

    /** Writes to a stream; {@code inPlace} says whether what was shown before can be replaced there. */
    public Terminal(PrintStream stream, boolean inPlace) {
        this.stream = stream;
        this.inPlace = inPlace;
    }

    /** Standard error. */
    static Terminal standardError() {
        return new Terminal(System.err, isTerminal(2));
    }

    /** Whether a file descriptor of this process is a terminal; where nobody can tell, it is not. */
    public static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Whether an update takes the place of the one before. */
    public boolean inPlace() {
        return inPlace;
    }

    /** Shows a text of one or more lines, in place of the one shown by the update before. */
    public synchronized void update(String text) {
        if (!inPlace) {
            stream.println(text);
            return;
        }
        StringBuilder screen = new StringBuilder("\r");
        if (linesAbove > 0) {
            screen.append(String.format(Locale.ROOT, UP, linesAbove));
        }
        String[] lines = text.split("\n", -1);
        screen.append(String.join(CLEAR_LINE + "\n", lines)).append(CLEAR_LINE);
        linesAbove = lines.length - 1;
        stream.print(screen);
        stream.flush();
    }

    /** Leaves the last update where it is: what comes next begins on a new line. */
    public synchronized void end() {
        if (inPlace) {
            stream.println();
        }
        linesAbove = 0;
    }

    /** Shows a line that stays; the next update begins below it. */
    public synchronized void print(String line) {
        stream.println(inPlace ? "\r" + line + CLEAR_LINE : line);
        linesAbove = 0;
    }
}
