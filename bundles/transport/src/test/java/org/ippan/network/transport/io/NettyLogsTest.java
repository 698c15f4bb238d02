// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.internal.logging.InternalLogger;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NettyLogsTest {

    private final List<String> said = new ArrayList<>();

    private final InternalLogger logger = (InternalLogger) Proxy.newProxyInstance(getClass().getClassLoader(),
            new Class<?>[] {InternalLogger.class}, (proxy, method, arguments) -> {
                said.add(method.getName() + " " + List.of(arguments));
                return null;
            });

    @Test
    void shouldSayWarningsOfAQuietLoggerAtDebug() {
        InternalLogger quiet = NettyLogs.quiet(logger);

        quiet.warn("none: {}", "aa:bb");
        quiet.error("gone");

        assertEquals(List.of("debug [none: {}, aa:bb]", "error [gone]"), said);
    }

    @Test
    void shouldQuietenOnlyTheHardwareAddress() {
        NettyLogs logs = new NettyLogs();

        assertTrue(Proxy.isProxyClass(logs.newInstance("io.netty.util.internal.MacAddressUtil").getClass()));
        assertFalse(Proxy.isProxyClass(logs.newInstance("io.netty.util.internal.Other").getClass()));
    }
}
