// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Keeps one configuration and hands it to a consumer as the container would. */
final class FakeConfigurationAdmin implements ConfigurationAdmin {

    private final Consumer<Dictionary<String, Object>> delivered;
    Dictionary<String, Object> stored;

    FakeConfigurationAdmin(Consumer<Dictionary<String, Object>> delivered) {
        this.delivered = delivered;
    }

    @Override
    public Configuration getConfiguration(String pid, String location) {
        return (Configuration) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {Configuration.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getProperties" -> stored == null ? null : copy(stored);
                    case "update" -> update(arguments[0]);
                    case "delete" -> delete();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** As an operator who writes the file. */
    void update(Map<String, String> file) {
        update((Object) new Hashtable<>(file));
    }

    @SuppressWarnings("unchecked")
    private Object update(Object properties) {
        stored = copy((Dictionary<String, Object>) properties);
        delivered.accept(stored);
        return null;
    }

    private Object delete() {
        stored = null;
        delivered.accept(new Hashtable<>());
        return null;
    }

    private static Dictionary<String, Object> copy(Dictionary<String, Object> from) {
        Hashtable<String, Object> copy = new Hashtable<>();
        from.keys().asIterator().forEachRemaining(key -> copy.put(key, from.get(key)));
        return copy;
    }

    @Override
    public Configuration createFactoryConfiguration(String factoryPid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Configuration createFactoryConfiguration(String factoryPid, String location) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Configuration getConfiguration(String pid) {
        throw new AssertionError("would bind the configuration to our bundle");
    }

    @Override
    public Configuration getFactoryConfiguration(String factoryPid, String name, String location) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Configuration getFactoryConfiguration(String factoryPid, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Configuration[] listConfigurations(String filter) {
        throw new UnsupportedOperationException();
    }
}
