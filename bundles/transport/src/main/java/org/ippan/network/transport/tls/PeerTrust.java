// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.ippan.network.transport.identity.Ed25519;

/**
 * Trusts any Ed25519 key that is proved: peers are keys, and whether a key is welcome is for the protocol to decide.
 * Exactly one certificate, of at most 8 KiB; names, dates and signatures on it say nothing.
 */
public final class PeerTrust extends X509ExtendedTrustManager {

    private static final int MAX_LENGTH = 8 * 1024;

    private static void check(X509Certificate[] chain) throws CertificateException {
        if (chain == null || chain.length != 1) {
            throw new CertificateException("exactly one certificate is expected");
        }
        if (chain[0].getEncoded().length > MAX_LENGTH) {
            throw new CertificateException("the certificate is longer than " + MAX_LENGTH + " bytes");
        }
        if (!Ed25519.isKey(chain[0].getPublicKey())) {
            throw new CertificateException("the certificate's key is not Ed25519");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
