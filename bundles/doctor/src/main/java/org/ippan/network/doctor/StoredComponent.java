// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import java.io.IOException;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.ippan.network.doctor.look.Services;
import org.ippan.network.doctor.look.Stored;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The part of the shell that knows what Config Admin keeps, if it is there. Safe for any thread.
 *
 * @param admin gives it, or null
 */
record StoredComponent(Supplier<ConfigurationAdmin> admin) implements Stored {

    /** What a filter takes for its own unless it is marked. */
    private static final Pattern SPECIAL = Pattern.compile("[\\\\*()]");

    @Override
    public Map<String, Object> of(String pid) {
        Map<String, Object> stored = new HashMap<>();
        for (Configuration found : list(SPECIAL.matcher(pid).replaceAll("\\\\$0"))) {
            Dictionary<String, Object> properties = found.getProperties();
            properties.keys().asIterator().forEachRemaining(key -> stored.put(key, properties.get(key)));
        }
        return stored;
    }

    @Override
    public List<String> pids() {
        return list(Services.PREFIX + '*').stream().map(Configuration::getPid).sorted().toList();
    }

    private List<Configuration> list(String pid) {
        ConfigurationAdmin present = admin.get();
        try {
            Configuration[] found = present == null ? null : present.listConfigurations("(service.pid=" + pid + ")");
            return found == null ? List.of() : List.of(found);
        } catch (IOException | InvalidSyntaxException e) {
            throw new IllegalStateException("cannot read the configuration " + pid, e);
        }
    }
}
