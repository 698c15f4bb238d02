// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/** Posts to Event Admin where there is one. Its package is an optional import: nothing here is touched without it. */
final class EventPoster {

    private static final String EVENT_ADMIN = "org.osgi.service.event.EventAdmin";

    private final BundleContext context;

    EventPoster(BundleContext context) {
        this.context = context;
    }

    void post(String topic, Map<String, Object> properties) {
        ServiceReference<?> reference = context.getServiceReference(EVENT_ADMIN);
        if (reference == null) {
            return;
        }
        Object admin = context.getService(reference);
        if (admin != null) {
            Wired.post(admin, topic, properties);
            context.ungetService(reference);
        }
    }

    /** Loaded only when the package is there: the service's own class proves it. */
    private static final class Wired {

        static void post(Object admin, String topic, Map<String, Object> properties) {
            ((EventAdmin) admin).postEvent(new Event(topic, properties));
        }
    }
}
