// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import org.ippan.network.transport.identity.Identity;

/** A certificate of a web server and its key, in files. */
public record Pem(Path certificate, Path key) {

    /** Makes both. */
    public static Pem create(Path folder) throws IOException, CertificateEncodingException {
        Identity server = Identity.create();
        return new Pem(write(folder, "CERTIFICATE", server.certificate().getEncoded()),
                write(folder, "PRIVATE KEY", server.key().getEncoded()));
    }

    private static Path write(Path folder, String what, byte[] der) throws IOException {
        return Files.writeString(folder.resolve(what.replace(' ', '-') + ".pem"), "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n");
    }
}
