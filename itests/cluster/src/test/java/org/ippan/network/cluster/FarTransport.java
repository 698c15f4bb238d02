// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.transport.Connection;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.node.IppanNode;

/**
 * A transport that an application adds to a node: what is dialled at {@code far://IP:PORT} is the port of this machine,
 * reached by the node's own transport, and counts as being at that public IP. So a node on one machine has peers in the
 * whole world.
 */
final class FarTransport {

    private static final String SCHEME = "far";

    private final Transport near;

    private FarTransport(Transport near) {
        this.near = near;
    }

    /** Adds one to a node. */
    static void addTo(IppanNode node) {
        FarTransport far = new FarTransport(node.service(Transport.class));
        node.register(Transport.class, proxy(Transport.class, far::call), Map.of(Transport.SCHEME, SCHEME));
    }

    /** How a peer of this machine is dialled as if it were there. */
    static PeerAddress address(String ip, String near) {
        return PeerAddress.parse(SCHEME + "://" + ip + ":" + PeerAddress.parse(near).port() + "/");
    }

    private interface Call {

        Object with(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (self, method, arguments) -> switch (method.getName()) {
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> call.with(method, arguments);
                }));
    }

    private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "listen":
                return (Transport.Listening) () -> { };
            case "listenAddress":
                return Optional.empty();
            case "connect":
                PeerAddress address = (PeerAddress) arguments[0];
                near.connect(PeerAddress.tcp(Nodes.LOOPBACK, address.port()),
                        handler(address, (ConnectionHandler) arguments[1]));
                return null;
            default:
                return invoke(method, near, arguments);
        }
    }

    /** Shows the node's handler the far connection in place of the near one. */
    private static ConnectionHandler handler(PeerAddress address, ConnectionHandler handler) {
        Connection[] far = new Connection[1];
        return proxy(ConnectionHandler.class, (method, arguments) -> {
            if (arguments[0] instanceof Connection near) {
                if (far[0] == null) {
                    far[0] = connection(address, near);
                }
                arguments[0] = far[0];
            } else if (arguments[0] instanceof PeerAddress) {
                arguments[0] = address;
            }
            return invoke(method, handler, arguments);
        });
    }

    private static Connection connection(PeerAddress address, Connection near) {
        return proxy(Connection.class, (method, arguments) -> switch (method.getName()) {
            case "remoteAddress" -> address;
            case "remoteIp" -> ip(address);
            default -> invoke(method, near, arguments);
        });
    }

    private static InetAddress ip(PeerAddress address) throws UnknownHostException {
        return InetAddress.getByName(address.host());
    }
}
