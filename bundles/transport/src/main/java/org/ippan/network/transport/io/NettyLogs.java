// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.io;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.Slf4JLoggerFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Netty's messages go where ours go, except one: that a machine without a network has no hardware address is no warning
 * to anybody, since nothing here is named by it.
 */
@SuppressWarnings("deprecation") // Its constructor: there is no other way to change what the factory gives.
final class NettyLogs extends Slf4JLoggerFactory {

    private static final String HARDWARE_ADDRESS = "io.netty.util.internal.MacAddressUtil";

    @Override
    public InternalLogger newInstance(String name) {
        InternalLogger logger = super.newInstance(name);
        return name.equals(HARDWARE_ADDRESS) ? quiet(logger) : logger;
    }

    /** The same logger, with warnings said at debug. */
    static InternalLogger quiet(InternalLogger logger) {
        return (InternalLogger) Proxy.newProxyInstance(InternalLogger.class.getClassLoader(),
                new Class<?>[] {InternalLogger.class}, (proxy, method, arguments) -> call(logger, method, arguments));
    }

    private static Object call(InternalLogger logger, Method method, Object[] arguments) throws Throwable {
        Method said = method.getName().equals("warn")
                ? InternalLogger.class.getMethod("debug", method.getParameterTypes()) : method;
        try {
            return said.invoke(logger, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
