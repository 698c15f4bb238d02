// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CausesTest {

    private static final IOException INNER = new EOFException("inner");

    @Test
    void shouldFindTheOutermostOfAType() {
        IOException outer = new IOException("outer", INNER);

        assertEquals(Optional.of(outer), Causes.find(new IllegalStateException(outer), IOException.class));
        assertEquals(Optional.of(INNER), Causes.find(outer, EOFException.class));
        assertEquals(Optional.empty(), Causes.find(outer, IllegalStateException.class));
    }

    @Test
    void shouldSayWhatTheJdkSaysByAClassAlone() {
        assertEquals("nothing listens there", Causes.ofNetwork(new PortUnreachableException()));
        assertEquals("no authority that Java trusts certifies the server", Causes.ofNetwork(new IOException("PKIX",
                new IllegalStateException(new CertPathBuilderException("unable to find a path")))));
        assertEquals("the certificate of the server has expired", Causes.ofNetwork(new IOException("PKIX",
                new CertPathBuilderException("no path", new CertificateExpiredException("NotAfter: 2020")))));
        assertEquals("inner", Causes.ofNetwork(INNER));
        assertEquals("this JVM has no IPv6, which that address needs: see java.net.preferIPv4Stack",
                Causes.ofNetwork(new UnsupportedAddressTypeException()));
        assertEquals(Causes.text(new UnsupportedAddressTypeException()), Causes.text(new IOException(
                "Unsupported address type", new UnsupportedAddressTypeException())));
        assertEquals("the system gives no reason", Causes.ofNetwork(new EOFException()));
    }
}
