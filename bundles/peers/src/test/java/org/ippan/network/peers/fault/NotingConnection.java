// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.fault;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.Executor;
import org.ippan.network.api.transport.Connection;

/** Notes what is asked of a connection; its I/O thread is an executor. */
final class NotingConnection {

    final Connection proxy = (Connection) Proxy.newProxyInstance(getClass().getClassLoader(),
            new Class<?>[] {Connection.class}, (any, method, arguments) -> call(method, arguments));
    boolean reads = true;
    int wakes;
    private final Executor thread;

    NotingConnection(Executor thread) {
        this.thread = thread;
    }

    private Object call(Method method, Object[] arguments) {
        switch (method.getName()) {
            case "execute" -> thread.execute((Runnable) arguments[0]);
            case "readable" -> reads = (boolean) arguments[0];
            case "wake" -> wakes++;
            default -> throw new UnsupportedOperationException(method.getName());
        }
        return null;
    }
}
