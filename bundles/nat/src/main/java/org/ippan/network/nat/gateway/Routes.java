// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The default route of the kernel, read from Linux's table. No program is started: elsewhere the gateway is configured
 * by hand.
 *
 * @param table where it is
 */
public record Routes(Path table) {

    /** Linux has it there. */
    public static final Path LINUX = Path.of("/proc/net/route");

    private static final int DESTINATION = 1;
    private static final int GATEWAY = 2;
    private static final int FLAGS = 3;
    private static final int METRIC = 6;
    private static final int MASK = 7;
    private static final int UP_AND_GATEWAY = 3;
    private static final String ALL = "00000000";
    private static final int HEX = 16;

    /** The gateway of the default route with the least metric; empty if there is none, or no such table. */
    public Optional<InetAddress> gateway() {
        try {
            List<String> lines = Files.readAllLines(table, StandardCharsets.US_ASCII);
            String[] best = null;
            for (String line : lines) {
                String[] route = line.trim().split("\\s+");
                if (isDefault(route) && (best == null || metric(route) < metric(best))) {
                    best = route;
                }
            }
            return best == null ? Optional.empty() : Optional.of(address(best[GATEWAY]));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isDefault(String[] route) {
        return route.length > MASK && route[DESTINATION].equals(ALL) && route[MASK].equals(ALL)
                && (Integer.parseInt(route[FLAGS], HEX) & UP_AND_GATEWAY) == UP_AND_GATEWAY;
    }

    private static long metric(String[] route) {
        return Long.parseLong(route[METRIC]);
    }

    /** The kernel prints the bytes as a number of this machine. */
    private static InetAddress address(String hex) throws UnknownHostException {
        return InetAddress.getByAddress(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder())
                .putInt(Integer.parseUnsignedInt(hex, HEX)).array());
    }
}
