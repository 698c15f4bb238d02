// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import static org.ippan.network.api.settings.SettingDescription.word;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.management.bean.BeanNames;
import org.ippan.network.management.bean.GenericBean;
import org.ippan.network.management.bean.OpenValues;

/**
 * The bean of the node as a whole, which sends all notifications, through the notifier: a listener that blocks delays
 * only itself.
 */
final class NodeBean extends GenericBean implements NotificationEmitter {

    private static final String PREFIX = BeanNames.DOMAIN + ".";

    private final ObjectName name;
    private final Notifier notifier;
    private final List<Wanted> wanted = new CopyOnWriteArrayList<>();
    private final AtomicLong sequence = new AtomicLong();

    /** What a listener wants. Its filter is code of the application, too, and is asked where the listener is told. */
    private static final class Wanted {

        private final NotificationListener listener;
        private final NotificationFilter filter;
        private final Object handback;

        Wanted(NotificationListener listener, NotificationFilter filter, Object handback) {
            this.listener = listener;
            this.filter = filter;
            this.handback = handback;
        }

        void tell(Notification notification) {
            if (filter == null || filter.isNotificationEnabled(notification)) {
                listener.handleNotification(notification, handback);
            }
        }

        boolean is(NotificationListener other, NotificationFilter itsFilter, Object itsHandback) {
            return listener == other && filter == itsFilter && handback == itsHandback;
        }
    }

    NodeBean(ObjectName name, Supplier<Record> snapshot, Notifier notifier) {
        super("The node as a whole: who it is, how it fares, what it decides.", snapshot);
        this.name = name;
        this.notifier = notifier;
    }

    /** Tells everyone who listens. */
    void send(NetworkEvent event, long timeMillis) {
        Notification notification = new Notification(type(event.type()), name, sequence.incrementAndGet(), timeMillis,
                event.text());
        notification.setUserData(OpenValues.composite(new UserData(
                event.peer().map(Object::toString).orElse(""), event.text())));
        wanted.forEach(each -> notifier.tell(each.listener, () -> each.tell(notification)));
    }

    /** What a notification carries. */
    public record UserData(String peer, String text) {
    }

    static String type(EventType type) {
        return PREFIX + word(type);
    }

    @Override
    protected MBeanNotificationInfo[] notifications() {
        return Arrays.stream(EventType.values()).map(type -> new MBeanNotificationInfo(new String[] {type(type)},
                Notification.class.getName(), "Sent at " + word(type).replace('-', ' ')
                        + "; its user data names the peer and the reason."))
                .toArray(MBeanNotificationInfo[]::new);
    }

    @Override
    public void addNotificationListener(NotificationListener listener, NotificationFilter filter, Object handback) {
        if (listener == null) {
            throw new IllegalArgumentException("listener is null");
        }
        wanted.add(new Wanted(listener, filter, handback));
    }

    @Override
    public void removeNotificationListener(NotificationListener listener) throws ListenerNotFoundException {
        remove(wanted.stream().filter(each -> each.listener == listener).toList());
    }

    @Override
    public void removeNotificationListener(NotificationListener listener, NotificationFilter filter, Object handback)
            throws ListenerNotFoundException {
        remove(wanted.stream().filter(each -> each.is(listener, filter, handback)).limit(1).toList());
    }

    private void remove(List<Wanted> gone) throws ListenerNotFoundException {
        if (gone.isEmpty()) {
            throw new ListenerNotFoundException("that listener is not registered");
        }
        wanted.removeAll(gone);
        gone.forEach(each -> notifier.forget(each.listener));
    }

    @Override
    public MBeanNotificationInfo[] getNotificationInfo() {
        return notifications();
    }
}
