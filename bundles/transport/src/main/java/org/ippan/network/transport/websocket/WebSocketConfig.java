// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.websocket;

import org.ippan.network.api.settings.Applies;
import org.ippan.network.api.settings.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may set of connections inside WebSocket. */
@ObjectClassDefinition(id = "org.ippan.network.transport.WebSocketConfig",
        name = "ippan-network WebSocket", description = "Links inside WebSocket: through reverse proxies and HTTP"
        + " proxies. Limits and rates are those of org.ippan.network.transport.")
public @interface WebSocketConfig {

    String PID = "org.ippan.network.transport.websocket";

    String ENABLED = "Whether this node uses WebSocket beside TCP. true: peers at ws:// and wss:// addresses are"
            + " dialled, and accepted where listenAddress says. false: such links are closed, others stay.";
    String LISTEN_ADDRESS = "Where the node accepts WebSocket connections: host:port, or host:from-to to take the first"
            + " free port of a range. Behind a reverse proxy a loopback address is enough. Empty: it only dials. Name"
            + " the address that peers use in advertise of org.ippan.network.peers.";
    String PATH = "The path that peers ask for, at most 128 characters that begin with a slash. Others are answered"
            + " with 404 (Not Found).";
    String CERTIFICATE = "PEM file with the certificate shown to clients of wss:// addresses, and those that certify"
            + " it. Read again soon after the file has changed. Empty: ws:// only, for a reverse proxy that has a"
            + " certificate.";
    String PRIVATE_KEY = "PEM file with the private key of the certificate, PKCS #8 (BEGIN PRIVATE KEY) without a"
            + " password.";
    String TRUSTED_PROXIES = "Networks of the reverse proxies in front of this node, at most 64, for example"
            + " 127.0.0.1/32. What they write into X-Forwarded-For counts as the address of the peer, for limits and"
            + " blocks. Empty: the address of the socket counts, which behind a proxy is the same for all peers.";
    String OUTER_TRUST = "Which servers of wss:// addresses are trusted: any, system (the authorities that Java knows),"
            + " or a PEM file with certificates. The stream inside proves who the peer is in any case; system or a file"
            + " also keeps strangers on the way from seeing that nodes talk.";
    String PROXY = "HTTP proxy for dialling ws:// and wss:// addresses, as http://host:port. It is asked to connect"
            + " (CONNECT) and looks up names itself. Empty: they are dialled directly.";
    String PROXY_USER = "User name that the proxy wants (Basic). Empty: none.";
    String PROXY_PASSWORD = "Password of that user. It travels to the proxy unencrypted.";
    String NO_PROXY = "Where to dial without the proxy: networks like 10.0.0.0/8, and names, which also stand for what"
            + " ends with a dot and the name.";
    String PING_SECONDS = "After how long without traffic a link is kept alive with a ping. Higher: less traffic."
            + " Lower: proxies that close silent links sooner leave it open; nginx closes after 60 seconds.";

    @AttributeDefinition(name = "Enabled", description = ENABLED)
    @Setting(text = ENABLED, applies = Applies.REBIND)
    boolean enabled() default false;

    @AttributeDefinition(name = "Listen address", description = LISTEN_ADDRESS)
    @Setting(text = LISTEN_ADDRESS, applies = Applies.REBIND)
    String listenAddress() default "";

    @AttributeDefinition(name = "Path", description = PATH)
    @Setting(text = PATH, applies = Applies.NEW)
    String path() default WebSocketSettings.DEFAULT_PATH;

    @AttributeDefinition(name = "Certificate", description = CERTIFICATE)
    @Setting(text = CERTIFICATE, applies = Applies.NEW, guards = true)
    String certificate() default "";

    @AttributeDefinition(name = "Private key", description = PRIVATE_KEY)
    @Setting(text = PRIVATE_KEY, applies = Applies.NEW, guards = true)
    String privateKey() default "";

    @AttributeDefinition(name = "Trusted proxies", description = TRUSTED_PROXIES)
    @Setting(text = TRUSTED_PROXIES, applies = Applies.NEW, guards = true)
    String[] trustedProxies() default {};

    @AttributeDefinition(name = "Outer trust", description = OUTER_TRUST)
    @Setting(text = OUTER_TRUST, applies = Applies.NEW, guards = true)
    String outerTrust() default "any";

    @AttributeDefinition(name = "Proxy", description = PROXY)
    @Setting(text = PROXY, applies = Applies.NEW, guards = true)
    String proxy() default "";

    @AttributeDefinition(name = "Proxy user", description = PROXY_USER)
    @Setting(text = PROXY_USER, applies = Applies.NEW, guards = true)
    String proxyUser() default "";

    @AttributeDefinition(name = "Proxy password", description = PROXY_PASSWORD, type = AttributeType.PASSWORD)
    @Setting(text = PROXY_PASSWORD, secret = true, applies = Applies.NEW, guards = true)
    String proxyPassword() default "";

    @AttributeDefinition(name = "No proxy", description = NO_PROXY)
    @Setting(text = NO_PROXY, applies = Applies.NEW, guards = true)
    String[] noProxy() default {"127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7",
        "localhost"};

    @AttributeDefinition(name = "Ping (seconds)", description = PING_SECONDS, min = "5", max = "300")
    @Setting(text = PING_SECONDS, unit = "seconds", min = "5", max = "300", applies = Applies.NEW)
    int pingSeconds() default 25;
}
