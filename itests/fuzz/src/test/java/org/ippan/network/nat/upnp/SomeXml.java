// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.upnp;

import java.io.IOException;
import java.util.List;

/** What routers say in XML, for bytes that may be none. */
public final class SomeXml {

    private SomeXml() {
    }

    /** Reads it as a description and as an answer. */
    public static void read(byte[] bytes) throws IOException {
        RouterXml.description(bytes);
        RouterXml.texts(bytes, List.of("NewExternalIPAddress", "errorCode"));
    }
}
