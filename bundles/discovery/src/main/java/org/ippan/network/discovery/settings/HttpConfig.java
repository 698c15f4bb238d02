// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.settings;

import org.ippan.network.api.settings.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may write about the search over HTTP. */
@ObjectClassDefinition(id = "org.ippan.network.discovery.HttpConfig", name = "ippan-network discovery: HTTP",
        description = "Fetches signed address records of peers from HTTPS servers.")
public @interface HttpConfig {

    String PID = "org.ippan.network.discovery.http";

    String URLS = "Where records are fetched from, at most 16: https://… or, on this machine only, http://127.0.0.1…"
            + " More: peers are found while one server does not answer. Empty: nothing is fetched.";
    String REFRESH = "Time between two fetches. Higher: less load on the servers. Lower: new peers are found sooner.";

    @AttributeDefinition(name = "URLs", description = URLS)
    @Setting(text = URLS)
    String[] urls() default {};

    @AttributeDefinition(name = "Refresh (seconds)", description = REFRESH, min = "60", max = "86400")
    @Setting(text = REFRESH, unit = "seconds", min = "60", max = "86400")
    int refreshSeconds() default 3600;

    @AttributeDefinition(name = "Most addresses", description = Texts.MAX_ADDRESSES, min = "1", max = "1000")
    @Setting(text = Texts.MAX_ADDRESSES, unit = "addresses", min = "1", max = "1000")
    int maxAddresses() default 64;

    @AttributeDefinition(name = "Loopback addresses", description = Texts.ALLOW_LOOPBACK)
    @Setting(text = Texts.ALLOW_LOOPBACK)
    boolean allowLoopback() default false;

    @AttributeDefinition(name = "Private addresses", description = Texts.ALLOW_PRIVATE)
    @Setting(text = Texts.ALLOW_PRIVATE)
    boolean allowPrivate() default false;
}
