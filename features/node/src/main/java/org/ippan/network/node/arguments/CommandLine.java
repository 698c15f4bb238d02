// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Options as they were written: {@code --name value}, {@code --name=value}, or {@code --name} alone for a flag. */
public final class CommandLine {

    /** A mistake of whoever wrote the command line; the message says which. */
    public static final class UsageException extends Exception {

        private static final long serialVersionUID = 1;

        /** A mistake and, as a rule, what is right instead. */
        public UsageException(String message) {
            super(message);
        }
    }

    private final Map<String, List<String>> values;

    private CommandLine(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * Reads options.
     *
     * @param arguments what was written
     * @param valued options that have a value
     * @param flags options that are there or not, or say {@code =true} or {@code =false}
     */
    public static CommandLine parse(List<String> arguments, Set<String> valued, Set<String> flags)
            throws UsageException {
        Map<String, List<String>> values = new TreeMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            String value = equals < 0 ? null : argument.substring(equals + 1);
            if (valued.contains(name) && value == null) {
                i++;
                if (i == arguments.size()) {
                    throw new UsageException(name + " needs a value");
                }
                value = arguments.get(i);
            } else if (flags.contains(name)) {
                value = flag(name, value);
            } else if (!valued.contains(name)) {
                throw new UsageException("unknown argument '" + name + "'");
            }
            values.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
        }
        return new CommandLine(values);
    }

    private static String flag(String name, String value) throws UsageException {
        if (value != null && !value.equals("true") && !value.equals("false")) {
            throw new UsageException(name + " is true or false, not '" + value + "'");
        }
        return value == null ? "true" : value;
    }

    /** Whether a flag is set. */
    public boolean has(String flag) {
        List<String> written = values.getOrDefault(flag, List.of());
        return !written.isEmpty() && written.get(written.size() - 1).equals("true");
    }

    /** Every value of an option that may be repeated. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The value of an option that may be given once; refused if it is blank, as a variable may not have been set. */
    public Optional<String> one(String name) throws UsageException {
        List<String> written = all(name);
        if (written.size() > 1) {
            throw new UsageException(name + " may be given once");
        }
        if (written.stream().anyMatch(String::isBlank)) {
            throw empty(name);
        }
        return written.stream().findFirst();
    }

    /** Why an option without a value is refused. */
    public static UsageException empty(String name) {
        return new UsageException(name + " is empty: give it a value, or leave it out");
    }

    /** A whole number from {@code min} to {@code max}. */
    public int number(String name, int defaultValue, int min, int max) throws UsageException {
        Optional<String> written = one(name);
        if (written.isEmpty()) {
            return defaultValue;
        }
        try {
            int number = Integer.parseInt(written.get().trim());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one sentence that names the rule.
        }
        throw new UsageException(name + " is a whole number from " + min + " to " + max + ", not '" + written.get()
                + "'");
    }
}
