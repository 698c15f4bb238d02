// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.osgi;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** As much of a container as a component needs: properties, a data area, and services it registers by hand. */
public final class FakeContainer {

    private final Map<String, String> properties;
    private final Path data;
    private final List<Map<String, Object>> registered = new ArrayList<>();

    /**
     * A container.
     *
     * @param properties of the framework
     * @param data where bundles keep files
     */
    public FakeContainer(Map<String, String> properties, Path data) {
        this.properties = properties;
        this.data = data;
    }

    /** A container without properties or files. */
    public FakeContainer() {
        this(Map.of(), Path.of("none"));
    }

    /** What a component gets. */
    public BundleContext context() {
        return proxy(BundleContext.class, (name, arguments) -> switch (name) {
            case "getProperty" -> properties.get((String) arguments[0]);
            case "getDataFile" -> data.resolve((String) arguments[0]).toFile();
            case "registerService" -> register((Dictionary<?, ?>) arguments[2]);
            default -> throw new UnsupportedOperationException(name);
        });
    }

    /** The properties of the services that are registered now. */
    public List<Map<String, Object>> registered() {
        return registered;
    }

    private ServiceRegistration<?> register(Dictionary<?, ?> given) {
        Map<String, Object> service = new TreeMap<>();
        set(service, given);
        registered.add(service);
        return proxy(ServiceRegistration.class, (name, arguments) -> {
            switch (name) {
                case "unregister" -> registered.removeIf(known -> known == service);
                case "setProperties" -> set(service, (Dictionary<?, ?>) arguments[0]);
                default -> throw new UnsupportedOperationException(name);
            }
            return null;
        });
    }

    private static void set(Map<String, Object> service, Dictionary<?, ?> given) {
        service.clear();
        if (given != null) {
            Collections.list(given.keys()).forEach(key -> service.put(String.valueOf(key), given.get(key)));
        }
    }

    private interface Calls {
        Object call(String name, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(FakeContainer.class.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> calls.call(method.getName(), arguments)));
    }
}
