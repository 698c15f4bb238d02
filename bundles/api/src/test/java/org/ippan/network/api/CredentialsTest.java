// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of an address may be shown. */
class CredentialsTest {

    @ParameterizedTest
    @CsvSource({"http://me:word@proxy:3128, http://***@proxy:3128", "http://token@proxy:3128, http://***@proxy:3128",
        "me:word@proxy:3128, ***@proxy:3128", "http://me:a@b@proxy:3128, http://***@proxy:3128",
        "http://me:a/b@proxy:3128, http://***@proxy:3128", "http://:word@proxy:3128, http://***@proxy:3128",
        "wss://me:word@[::1]:443/path, wss://***@[::1]:443/path",
        "'a:1,tcp://me:word@b:2,c:3', 'a:1,tcp://***@b:2,c:3'", "not 'me:word@b:2', not '***@b:2'"})
    void shouldHideUsersAndPasswordsOfAddresses(String text, String shown) {
        assertEquals(shown, Credentials.hidden(text));
    }

    /** Servers of lists take tokens there. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"https://host/list?token=a1|https://host/list?***",
        "https://host?a=1,2&b=%2C#top|https://host?***#top", "http://me:a?b@host/?x|http://***@host/?***",
        "https://a/l?t=1,https://b/l?t=2,https://c/l|https://a/l?***,https://b/l?***,https://c/l",
        "not https://host/l?t=1 here|not https://host/l?*** here", "https://host/l?***|https://host/l?***"})
    void shouldHideQueriesOfUrls(String text, String shown) {
        assertEquals(shown, Credentials.hidden(text));
        assertTrue(Credentials.isHidden(shown));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1:9700", "[fe80::1%eth0]:9700", "wss://host:443/a@b", "news@home",
        "ippan-network/1.0 (me@example.org)", "http://host/path@x", "why?because", "https://host/list?",
        "10.0.0.12:9700#3f2a91cc"})
    void shouldLeaveWhatIsNoSecret(String text) {
        assertEquals(text, Credentials.hidden(text));
    }

    @Test
    void shouldNotQuoteAPasswordInARefusal() {
        String told = Assertions.assertThrows(IllegalArgumentException.class,
                () -> PeerAddress.parse("ws://me:word@host:1/")).getMessage();

        assertFalse(told.contains("word"), told);
    }
}
