// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.ListenAddress;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.settings.SettingsSchema;
import org.ippan.network.discovery.search.Rules;

/**
 * What the search over HTTP may rely on.
 *
 * @param urls where records are fetched from
 * @param refreshSeconds between two fetches
 * @param rules which addresses may be told
 */
public record HttpSettings(List<URI> urls, int refreshSeconds, Rules rules) implements SourceSettings {

    public static final SettingsSchema SCHEMA = SettingsSchema.of(HttpConfig.PID, HttpConfig.class);

    private static final int MAX_URLS = 16;
    private static final int MAX_LENGTH = 2000;
    private static final int MAX_PORT = 65_535;

    /** The settings for these values; where one is refused, none takes its place. */
    public static HttpSettings of(SettingValues values) {
        List<URI> urls = new ArrayList<>();
        try {
            for (String text : values.getList("urls")) {
                urls.add(url(text));
            }
        } catch (URISyntaxException e) {
            values.refuse("urls", "https://host/path without user and fragment, or http:// with a loopback address");
            urls.clear();
        }
        if (urls.size() > MAX_URLS) {
            values.refuse("urls", "at most 16 URLs");
        }
        return new HttpSettings(List.copyOf(urls), values.getInt("refreshSeconds"), SourceSettings.rules(values));
    }

    private static URI url(String text) throws URISyntaxException {
        URI url = new URI(text);
        boolean whole = url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null
                && url.getPort() != 0 && url.getPort() <= MAX_PORT && text.length() <= MAX_LENGTH;
        boolean safe = "https".equalsIgnoreCase(url.getScheme())
                || "http".equalsIgnoreCase(url.getScheme()) && isLoopback(url.getHost());
        if (!whole || !safe) {
            throw new URISyntaxException(text, "not taken");
        }
        return url;
    }

    private static boolean isLoopback(String host) {
        return host != null && new ListenAddress(host.replaceAll("[\\[\\]]", ""), 0, 0).loopback();
    }

    @Override
    public boolean enabled() {
        return !urls.isEmpty();
    }
}
