// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import static org.ippan.network.api.settings.SettingDescription.word;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
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
    private final NotificationBroadcasterSupport broadcaster;
    private final AtomicLong sequence = new AtomicLong();

    NodeBean(ObjectName name, Supplier<Record> snapshot, Notifier notifier) {
        super("The node as a whole: who it is, how it fares, what it decides.", snapshot);
        this.name = name;
        this.broadcaster = new NotificationBroadcasterSupport(notifications()) {
            @Override
            protected void handleNotification(NotificationListener listener, Notification told, Object handback) {
                notifier.tell(listener, () -> listener.handleNotification(told, handback));
            }
        };
    }

    /** Tells everyone who listens. */
    void send(NetworkEvent event, long timeMillis) {
        Notification notification = new Notification(type(event.type()), name, sequence.incrementAndGet(), timeMillis,
                event.text());
        notification.setUserData(OpenValues.composite(new UserData(
                event.peer().map(Object::toString).orElse(""), event.text())));
        broadcaster.sendNotification(notification);
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
        broadcaster.addNotificationListener(listener, filter, handback);
    }

    @Override
    public void removeNotificationListener(NotificationListener listener) throws ListenerNotFoundException {
        broadcaster.removeNotificationListener(listener);
    }

    @Override
    public void removeNotificationListener(NotificationListener listener, NotificationFilter filter, Object handback)
            throws ListenerNotFoundException {
        broadcaster.removeNotificationListener(listener, filter, handback);
    }

    @Override
    public MBeanNotificationInfo[] getNotificationInfo() {
        return notifications();
    }
}
