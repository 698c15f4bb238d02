// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gogo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;

/**
 * A command as Gogo calls it. Safe for any thread.
 *
 * @param name what it is called, in the scope {@link #SCOPE}
 * @param parameters what follows the name, in upper case; what may be left out is in brackets, and comes last
 * @param text what it does, in a sentence
 * @param asks whether it takes something away, and so wants to be told twice
 * @param action what it does
 */
record Command(String name, String parameters, String text, boolean asks, Action action) implements Function {

    static final String SCOPE = "ippan";

    private static final String AGREED = "--yes";
    private static final String HELP = "--help";

    /** Takes what follows the name, and says what Gogo prints. */
    interface Action {

        String run(List<String> words) throws Exception;
    }

    @Override
    public String execute(CommandSession session, List<Object> arguments) throws Exception {
        List<String> words = new ArrayList<>(arguments.stream().map(String::valueOf).toList());
        if (words.contains(HELP)) {
            return usage() + "\n" + text;
        }
        boolean agreed = words.remove(AGREED);
        List<String> wanted = Stream.of(parameters.split(" ")).filter(word -> !word.isEmpty()).toList();
        long needed = wanted.stream().filter(word -> !word.startsWith("[")).count();
        if (words.size() < needed || words.size() > wanted.size()) {
            throw new IllegalArgumentException("usage: " + usage());
        }
        return asks && !agreed ? "Nothing is changed: it takes something away, so say it again with " + AGREED + "."
                : action.run(words);
    }

    /** How it is written. */
    String usage() {
        return (SCOPE + ':' + name + ' ' + parameters).strip() + (asks ? ' ' + AGREED : "");
    }
}
