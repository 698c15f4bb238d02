// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.settings;

import org.ippan.network.api.settings.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may write about the search in DNS. */
@ObjectClassDefinition(id = "org.ippan.network.discovery.DnsConfig", name = "ippan-network discovery: DNS",
        description = "Finds peers by names in DNS: SRV, A, AAAA and TXT records.")
public @interface DnsConfig {

    String PID = "org.ippan.network.discovery.dns";

    String NAMES = "Names that lead to peers, at most 16: _ippan._tcp.example.org is looked up as a service (SRV),"
            + " host.example.org:9700 as a host (A, AAAA). More: peers are found while one name does not work. Empty:"
            + " nothing is searched.";
    String SERVERS = "Name servers to ask, at most 4, as IP addresses with or without a port, for example 192.0.2.53 or"
            + " 127.0.0.1:5353; the first that answers counts. Empty: those of the operating system.";
    String REFRESH = "Longest time between two searches; a record with a shorter time to live is looked up again when"
            + " it has passed. Higher: fewer questions. Lower: changes are seen sooner.";
    String TIMEOUT = "How long one question to one server may take. Higher: slow servers are heard. Lower: the next"
            + " server is asked sooner.";

    @AttributeDefinition(name = "Names", description = NAMES)
    @Setting(text = NAMES)
    String[] names() default {};

    @AttributeDefinition(name = "Servers", description = SERVERS)
    @Setting(text = SERVERS, guards = true)
    String[] servers() default {};

    @AttributeDefinition(name = "Refresh (seconds)", description = REFRESH, min = "10", max = "86400")
    @Setting(text = REFRESH, unit = "seconds", min = "10", max = "86400")
    int refreshSeconds() default 60;

    @AttributeDefinition(name = "Timeout (seconds)", description = TIMEOUT, min = "1", max = "30")
    @Setting(text = TIMEOUT, unit = "seconds", min = "1", max = "30")
    int timeoutSeconds() default 3;

    @AttributeDefinition(name = "Most addresses", description = Texts.MAX_ADDRESSES, min = "1", max = "1000")
    @Setting(text = Texts.MAX_ADDRESSES, unit = "addresses", min = "1", max = "1000")
    int maxAddresses() default 64;

    @AttributeDefinition(name = "Loopback addresses", description = Texts.ALLOW_LOOPBACK)
    @Setting(text = Texts.ALLOW_LOOPBACK)
    boolean allowLoopback() default false;

    @AttributeDefinition(name = "Private addresses", description = Texts.ALLOW_PRIVATE)
    @Setting(text = Texts.ALLOW_PRIVATE, guards = true)
    boolean allowPrivate() default true;
}
