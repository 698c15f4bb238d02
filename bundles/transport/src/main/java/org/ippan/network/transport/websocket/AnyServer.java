// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.websocket;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Believes any server, as the way to a peer needs no trust. Stateless. */
final class AnyServer extends X509ExtendedTrustManager {

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {
        // Any will do.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {
        // Any will do.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
        // Any will do.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {
        throw new IllegalStateException("no client is asked for a certificate");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {
        throw new IllegalStateException("no client is asked for a certificate");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
        throw new IllegalStateException("no client is asked for a certificate");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
