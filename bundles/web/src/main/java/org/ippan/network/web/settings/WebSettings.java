// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.settings;

import java.util.regex.Pattern;
import org.ippan.network.api.ListenAddress;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.settings.SettingsSchema;

/**
 * What the page may rely on.
 *
 * @param enabled whether anything listens
 * @param listen where
 * @param token what proves that a client may act; empty if no client may
 * @param maxConnections open at once
 * @param requestTimeoutSeconds for a request and its answer
 * @param door whether programs may publish and subscribe
 * @param maxStreams clients subscribed at once
 * @param processMetrics whether the process and the JVM are told of too
 */
public record WebSettings(boolean enabled, ListenAddress listen, String token, int maxConnections,
        int requestTimeoutSeconds, boolean door, int maxStreams, boolean processMetrics) {

    public static final SettingsSchema SCHEMA = SettingsSchema.of(WebConfig.PID, WebConfig.class);

    /** What travels in a header as it is, and is too long to be guessed. */
    private static final Pattern TOKEN = Pattern.compile("[!-~]{16,1000}");
    private static final String TOKEN_RULE = "16 to 1000 visible ASCII characters without spaces, or the key left out";
    private static final String EXPOSED_RULE = "set where listenAddress is reached from other machines";
    private static final String EXPOSED_REMEDY = "set a token of 16 or more characters, or listen on a loopback"
            + " address";
    private static final String DOOR_RULE = "false while no token is set";
    private static final String DOOR_REMEDY = "set a token of 16 or more characters, too";

    /** The settings for these values; where one is refused, a harmless one takes its place. */
    public static WebSettings of(SettingValues values) {
        ListenAddress listen = values.getListenAddress("listenAddress");
        boolean enabled = values.getBoolean("enabled");
        String token = values.getString("token");
        if (!token.isEmpty() && !TOKEN.matcher(token).matches()) {
            values.refuse("token", TOKEN_RULE);
        } else if (token.isEmpty() && enabled && !listen.loopback()) {
            values.refuse("token", EXPOSED_RULE, EXPOSED_REMEDY);
        }
        boolean door = values.getBoolean("door");
        if (door && token.isEmpty()) {
            values.refuse("door", DOOR_RULE, DOOR_REMEDY);
        }
        return new WebSettings(enabled, listen, token, values.getInt("maxConnections"),
                values.getInt("requestTimeoutSeconds"), door, values.getInt("maxStreams"),
                values.getBoolean("processMetrics"));
    }
}
