// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesTest {

    private static final String HEAD =
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";

    @TempDir
    private Path folder;

    private Optional<InetAddress> gateway(String table) throws IOException {
        return new Routes(Files.writeString(folder.resolve("route"), table)).gateway();
    }

    @Test
    void shouldFindTheDefaultRouteWithTheLeastMetric() throws IOException {
        Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the table is of such a machine");

        assertEquals(Optional.of(InetAddress.getByName("192.168.1.1")), gateway(HEAD
                + "wlan0\t00000000\t0200A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n"
                + "eth0\t0001A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n"
                + "eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"));
    }

    @Test
    void shouldFindNoneWhereThereIsNone() throws IOException {
        assertEquals(Optional.empty(), gateway(HEAD));
        assertEquals(Optional.empty(), gateway(HEAD + "tun0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0\n"));
        assertEquals(Optional.empty(), gateway("what is this\n\n\u0001\tz\n"));
        assertEquals(Optional.empty(), new Routes(folder.resolve("none")).gateway());
    }
}
