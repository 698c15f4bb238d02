// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.karaf;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ObjectName;

/** Who may do what: as {@code docs/security.md} says, and as the container lets each user. */
final class AccessTable {

    static final String READ = "read attributes";
    static final String WRITE = "write attributes";

    private static final Pattern ROW = Pattern.compile("\\| (.+) \\| (yes|no) \\| (yes|no) \\| (yes|no) \\|");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`|(" + READ + "|" + WRITE + ")");

    private AccessTable() {
    }

    /** The users allowed by the page, by operation. */
    static Map<String, Set<String>> documented() {
        Map<String, Set<String>> allowed = new TreeMap<>();
        for (String line : new ConfigFile(Container.file("..", "..", "docs", "security.md")).lines()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Set<String> users = new TreeSet<>();
                for (int i = 0; i < 3; i++) {
                    if (row.group(2 + i).equals("yes")) {
                        users.add(new String[] {"viewer", "manager", "admin"}[i]);
                    }
                }
                NAME.matcher(row.group(1)).results().forEach(name ->
                        allowed.put(name.group(1) == null ? name.group(2) : name.group(1), users));
            }
        }
        return allowed;
    }

    /** Tries everything there is as one user, and adds the user to what no bean refused. */
    static void tryAll(Jmx jmx, String user, Map<String, Set<String>> allowed) throws IOException, JMException {
        Map<String, Boolean> open = new TreeMap<>();
        for (ObjectName name : jmx.ours()) {
            for (MBeanAttributeInfo attribute : jmx.server().getMBeanInfo(name).getAttributes()) {
                open.merge(READ, isOpen(() -> jmx.server().getAttribute(name, attribute.getName())), AccessTable::same);
                if (attribute.isWritable()) {
                    open.merge(WRITE, isOpen(() -> {
                        jmx.server().setAttribute(name, new Attribute(attribute.getName(), null));
                        return null;
                    }), AccessTable::same);
                }
            }
            for (MBeanOperationInfo operation : jmx.server().getMBeanInfo(name).getOperations()) {
                open.merge(operation.getName(), isOpen(() ->
                        jmx.invoke(name, operation.getName(), nonsense(operation.getSignature()))), AccessTable::same);
            }
        }
        open.forEach((what, may) -> {
            Set<String> users = allowed.computeIfAbsent(what, none -> new TreeSet<>());
            if (may) {
                users.add(user);
            }
        });
    }

    /** One word for all beans: nobody would find a difference between them in a table. */
    private static boolean same(boolean one, boolean other) {
        assertEquals("open on one bean and not on another", one, other);
        return one;
    }

    /** What no operation accepts: who may call it learns that, who may not learns nothing. */
    private static Object[] nonsense(MBeanParameterInfo[] parameters) {
        Object[] arguments = new Object[parameters.length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = parameters[i].getType().equals("long") ? (Object) 0L : "no such thing";
        }
        return arguments;
    }

    /** Something a user tries. */
    private interface Attempt {

        Object run() throws IOException, JMException;
    }

    private static boolean isOpen(Attempt attempt) throws IOException {
        try {
            attempt.run();
            return true;
        } catch (SecurityException refused) {
            return false;
        } catch (JMException | JMRuntimeException nonsense) {
            return true;
        }
    }
}
