// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.settings;

import org.ippan.network.api.settings.Applies;
import org.ippan.network.api.settings.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may set of the page. */
@ObjectClassDefinition(id = "org.ippan.network.web.WebConfig", name = "ippan-network web",
        description = "The page for people, metrics for Prometheus and JSON for programs, over HTTP.")
public @interface WebConfig {

    String PID = "org.ippan.network.web";

    String ENABLED = "Whether the node is shown over HTTP. true: a page, /metrics, /health and /api/v1 at the address"
            + " below. false: nothing listens.";
    String LISTEN_ADDRESS = "Where the page is: host:port, or host:from-to to take the first free port of a range; port"
            + " 0 takes any free one. A loopback address is reached from this machine only; any other needs a token,"
            + " and then even reading does.";
    String TOKEN = "What proves that a client may ban, pardon, connect, disconnect, publish, look at messages and"
            + " change settings; 16 or more characters. Left out: the page only shows. Travels unencrypted: away from"
            + " loopback, put TLS in front. Invalid, also while it is empty: nothing is served until it is corrected.";
    String MAX_CONNECTIONS = "Connections open at once, a quarter of them from one address of another machine; further"
            + " ones are closed, or answered /health only. Higher: more browsers and scrapers at a time. Lower: less"
            + " memory for a client that tries to use it up.";
    String REQUEST_TIMEOUT = "How long a request may take to arrive and its answer to leave, and how long a connection"
            + " may wait for its next request, in seconds. Higher: slow clients are served. Lower: they hold a place"
            + " for less time.";

    String DOOR = "Whether programs that have the token may publish messages and subscribe to topics over HTTP, at"
            + " /api/v1/messages. true: any program that can send a request is part of the network. false: only"
            + " bundles and programs in this process are. Needs a token.";
    String MAX_STREAMS = "Clients that may be subscribed to topics at once, each with one of maxConnections. Higher:"
            + " more programs listen. Lower: less memory for slow ones, up to 256 messages and 4 MiB each.";

    String PROCESS_METRICS = "Whether /metrics tells of the process and the JVM too, under their usual names. true:"
            + " one scrape has all. false: another exporter in the same JVM may tell of them without each being told"
            + " twice.";

    @AttributeDefinition(name = "Enabled", description = ENABLED)
    @Setting(text = ENABLED, applies = Applies.REBIND, guards = true)
    boolean enabled() default true;

    @AttributeDefinition(name = "Listen address", description = LISTEN_ADDRESS)
    @Setting(text = LISTEN_ADDRESS, applies = Applies.REBIND)
    String listenAddress() default "127.0.0.1:9780";

    @AttributeDefinition(name = "Token", description = TOKEN, type = AttributeType.PASSWORD)
    @Setting(text = TOKEN, secret = true, failClosed = true)
    String token() default "";

    @AttributeDefinition(name = "Connections", description = MAX_CONNECTIONS, min = "1", max = "10000")
    @Setting(text = MAX_CONNECTIONS, unit = "connections", min = "1", max = "10000")
    int maxConnections() default 64;

    @AttributeDefinition(name = "Request timeout (seconds)", description = REQUEST_TIMEOUT, min = "1", max = "60")
    @Setting(text = REQUEST_TIMEOUT, unit = "seconds", min = "1", max = "60")
    int requestTimeoutSeconds() default 5;

    @AttributeDefinition(name = "Door for programs", description = DOOR)
    @Setting(text = DOOR)
    boolean door() default false;

    @AttributeDefinition(name = "Streams", description = MAX_STREAMS, min = "0", max = "1000")
    @Setting(text = MAX_STREAMS, unit = "streams", min = "0", max = "1000")
    int maxStreams() default 16;

    @AttributeDefinition(name = "Metrics of the process", description = PROCESS_METRICS)
    @Setting(text = PROCESS_METRICS)
    boolean processMetrics() default true;
}
