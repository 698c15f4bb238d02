// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.settings;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.ippan.network.api.settings.SettingValues;

/**
 * Judges the secret of a network. A peer that this node dials gets a proof against which it can try keys offline, as
 * fast as SHA-256 goes; one that dials this node gets none. Short keys are refused where other machines can connect,
 * those that a word list or a keyboard gives away are warned of.
 */
final class NetworkSecret {

    static final String KEY = "networkKey";
    static final String SECOND = "secondNetworkKey";
    static final int MIN_BYTES = 16;

    private static final String RULE = "at least " + MIN_BYTES + " bytes";
    private static final String TAKE = "take one such as openssl rand -hex 32 prints";
    /** With less than this that is not given away, trying all takes no time. */
    private static final int MIN_SURPRISES = 8;
    /** So many neighbours in a row are a run: abcd, 4321, aaaa. */
    private static final int RUN = 4;
    private static final List<String> WORDS = List.of("password", "passwort", "passwd", "secret", "changeme", "change",
            "default", "network", "ippan", "gossip", "qwerty", "asdfgh", "letmein", "admin", "test", "demo", "example",
            "key");

    private NetworkSecret() {
    }

    /** The secret, empty for none. A short one is taken where no other machine can try it. */
    static String read(SettingValues values, Exposure exposure) {
        return read(values, KEY, exposure);
    }

    /** The secret that is accepted beside it, empty for none. */
    static String readSecond(SettingValues values, Exposure exposure) {
        if (!values.getString(SECOND).isEmpty() && values.getString(KEY).isEmpty()) {
            values.refuse(SECOND, "left out while there is no networkKey",
                    "set networkKey, or leave secondNetworkKey out");
            return "";
        }
        return read(values, SECOND, exposure);
    }

    private static String read(SettingValues values, String key, Exposure exposure) {
        String secret = values.getString(key);
        if (secret.isEmpty()) {
            return secret;
        }
        if (isShort(secret) && exposure == Exposure.OTHER_MACHINES) {
            values.refuse(key, RULE, TAKE + "; fewer are accepted only where the node listens on loopback only");
            return "";
        }
        if (isShort(secret) && exposure == Exposure.NONE) {
            return secret;
        }
        if (isShort(secret)) {
            values.advise(key, "the value has fewer than " + MIN_BYTES + " bytes, only accepted because this node"
                    + " listens on loopback only", MIN_BYTES + " bytes or more elsewhere: " + TAKE);
        } else if (isGuessable(secret, values.getString("networkId"))) {
            values.advise(key, "the value can be guessed, and a peer that guesses it joins the network",
                    TAKE + ", on every node");
        }
        return secret;
    }

    static boolean isShort(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8).length < MIN_BYTES;
    }

    static boolean isGuessable(String secret, String networkId) {
        String left = secret.toLowerCase(Locale.ROOT).replace(networkId.toLowerCase(Locale.ROOT), "");
        for (String word : WORDS) {
            left = left.replace(word, "");
        }
        return withoutRuns(left).chars().distinct().count() < MIN_SURPRISES;
    }

    private static String withoutRuns(String text) {
        StringBuilder left = new StringBuilder();
        int begin = 0;
        for (int i = 1; i <= text.length(); i++) {
            boolean runs = i < text.length() && Math.abs(text.charAt(i) - text.charAt(i - 1)) <= 1;
            if (!runs) {
                left.append(i - begin < RUN ? text.substring(begin, i) : "");
                begin = i;
            }
        }
        return left.toString();
    }
}
