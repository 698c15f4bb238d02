// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.websocket;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.util.List;
import org.ippan.network.api.Causes;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.transport.io.Texts;
import org.ippan.network.transport.websocket.WebSocketSettings.Proxy;

/** What servers and proxies answer instead of what was asked for, and what can be done, for operators. Stateless. */
final class Answers {

    private static final String BASIC = "basic";

    private Answers() {
    }

    /** Of a server that was asked for WebSocket. */
    static String ofServer(FullHttpResponse response, PeerAddress address) {
        if (response.decoderResult().isFailure()) {
            return "what answers at " + PeerAddress.tcp(address.host(), address.port()) + " does not speak HTTP";
        }
        String status = "the server answers " + Texts.clean(response.status().toString())
                + " instead of speaking WebSocket: ";
        return status + switch (response.status().code()) {
            case 301, 302, 303, 307, 308 -> "it points to "
                    + Texts.clean(response.headers().get(HttpHeaderNames.LOCATION, "another address"));
            case 400 -> address.scheme().equals(WebSocketSettings.WS)
                    ? "if it wants TLS, write wss; a proxy has to pass on Upgrade and Connection"
                    : "a proxy has to pass on Upgrade and Connection";
            case 426 -> "a proxy has to pass on Upgrade and Connection";
            case 502, 504 -> "compare proxy_pass of the proxy with listenAddress of the node behind it";
            case 503 -> "it takes no further connections just now";
            default -> "compare " + address + " with what the node advertises";
        };
    }

    /** Of a proxy that was asked to connect to an address. */
    static String ofProxy(FullHttpResponse response, Proxy proxy, PeerAddress address) {
        String who = "the proxy " + proxy.address();
        if (response.decoderResult().isFailure()) {
            return who + " does not speak HTTP";
        }
        PeerAddress target = PeerAddress.tcp(address.host(), address.port());
        String status = who + " answers " + Texts.clean(response.status().toString());
        return status + switch (response.status().code()) {
            case 403, 405 -> ": have its operator allow CONNECT to " + target;
            case 407 -> ": " + login(response.headers().getAll(HttpHeaderNames.PROXY_AUTHENTICATE), proxy);
            case 502, 503, 504 -> ": it does not reach " + target;
            default -> "";
        };
    }

    private static String login(List<String> wanted, Proxy proxy) {
        boolean basic = wanted.isEmpty() || wanted.stream().anyMatch(way -> way.regionMatches(true, 0, BASIC, 0,
                BASIC.length()));
        if (!basic) {
            return "it wants another login than Basic, which nodes do not have";
        }
        return proxy.credentials().isEmpty() ? "set proxyUser and proxyPassword"
                : "it does not take this proxyUser and proxyPassword";
    }

    /** Of what should have been a server of TLS. */
    static String ofTls(Throwable failure, PeerAddress address) {
        return "TLS with " + address + " failed: " + why(failure);
    }

    private static String why(Throwable failure) {
        if (Causes.find(failure, NotSslRecordException.class).isPresent()) {
            return "no TLS is spoken there; a node without a certificate has a ws:// address";
        }
        if (Causes.find(failure, CertificateExpiredException.class).isPresent()) {
            return "the certificate of the server has expired";
        }
        if (Causes.find(failure, CertPathBuilderException.class).isPresent()) {
            return "outerTrust knows no authority that certifies the server";
        }
        return Texts.isNoProtocol(failure) ? "the server does not speak HTTP/1.1" : Texts.clean(failure);
    }
}
