// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.upnp;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads what a router writes: no document type, no entities, no more than 32 levels, texts of a bounded length. Always
 * with the parser of the JDK, whatever others have installed. Stateless.
 */
final class RouterXml {

    static final int MAX_DEPTH = 32;
    private static final int MAX_TEXT = 512;
    private static final int MAX_SERVICES = 64;

    private RouterXml() {
    }

    /** A service that a device offers. */
    record Service(String type, String controlUrl) {
    }

    /** The services in a description of a device, in their order, and the base of its URLs, or empty. */
    record Description(String base, List<Service> services) {
    }

    private interface Visitor {

        /** An element ended: its name without a prefix, and the text that is directly in it. */
        void element(String name, String text);
    }

    static Description description(byte[] xml) throws IOException {
        List<Service> services = new ArrayList<>();
        Map<String, String> last = new HashMap<>();
        read(xml, (name, text) -> {
            if (name.equals("service")) {
                if (services.size() < MAX_SERVICES && last.containsKey("serviceType")
                        && last.containsKey("controlURL")) {
                    services.add(new Service(last.get("serviceType"), last.get("controlURL")));
                }
                last.remove("serviceType");
                last.remove("controlURL");
            } else if (name.equals("serviceType") || name.equals("controlURL") || name.equals("URLBase")) {
                last.put(name, text);
            }
        });
        return new Description(last.getOrDefault("URLBase", ""), List.copyOf(services));
    }

    /** The texts of some elements of an answer, by name. */
    static Map<String, String> texts(byte[] xml, List<String> names) throws IOException {
        Map<String, String> found = new HashMap<>();
        read(xml, (name, text) -> {
            if (names.contains(name)) {
                found.putIfAbsent(name, text);
            }
        });
        return found;
    }

    private static void read(byte[] xml, Visitor visitor) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        try {
            // As text: of bytes that are no UTF-8 the JDK's reader prints a line each to the error output.
            XMLStreamReader reader = factory.createXMLStreamReader(
                    new StringReader(new String(xml, StandardCharsets.UTF_8)));
            try {
                read(reader, visitor);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new IOException("it is no XML", e);
        }
    }

    private static void read(XMLStreamReader reader, Visitor visitor) throws IOException, XMLStreamException {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    text.setLength(0);
                    if (depth > MAX_DEPTH) {
                        throw new IOException("its XML has more than " + MAX_DEPTH + " levels");
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    visitor.element(reader.getLocalName(), text.toString().strip());
                    text.setLength(0);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (text.length() < MAX_TEXT) {
                        text.append(reader.getText(), 0, Math.min(reader.getTextLength(), MAX_TEXT));
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new IOException("its XML has a document type or an entity");
                default -> { }
            }
        }
    }
}
