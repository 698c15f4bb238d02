// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.upnp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.ippan.network.api.HttpFetch;
import org.ippan.network.api.Ticker;

/** What routers answer in UPnP, for bytes that may be none. */
public final class SomeUpnp {

    private static final InetAddress ROUTER = InetAddress.getLoopbackAddress();
    private static final String WANTED = "NewExternalIPAddress";
    private static final int OK = 200;
    private static final int REFUSED = 500;

    private SomeUpnp() {
    }

    /** Takes it as an answer to a search. */
    public static void found(byte[] bytes) throws IOException {
        URI url = new Ssdp(Ssdp.GROUP, ROUTER, 1, any -> true, Ticker.system())
                .location(new String(bytes, StandardCharsets.ISO_8859_1), ROUTER);
        if (url == null) {
            throw new IOException("it is no answer of a router at its own address");
        }
        check(url);
    }

    /** Takes it as a router's description of itself. */
    public static void description(byte[] bytes) throws IOException {
        check(Upnp.control(URI.create("http://" + ROUTER.getHostAddress() + "/d.xml"), ROUTER, bytes).url());
    }

    private static void check(URI url) {
        if (!url.getHost().equals(ROUTER.getHostAddress()) || !"http".equalsIgnoreCase(url.getScheme())) {
            throw new IllegalStateException("another host is asked: " + url);
        }
    }

    /** Takes it as the answer to an order: whether it is a refusal, and its XML. */
    public static void answer(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            throw new IOException("it is empty");
        }
        byte[] xml = Arrays.copyOfRange(bytes, 1, bytes.length);
        Upnp.outer(Upnp.answered(new HttpFetch.Reply(bytes[0] % 2 == 0 ? OK : REFUSED, xml), "GetExternalIPAddress",
                WANTED));
    }

    /** An answer to a search. */
    public static byte[] foundSeed() {
        return ("HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\nST: urn:schemas-upnp-org:device:"
                + "InternetGatewayDevice:1\r\nLOCATION: http://" + ROUTER.getHostAddress() + ":5000/d.xml\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Descriptions with their own base and without. */
    public static List<byte[]> descriptionSeeds() {
        String service = "<device><serviceList><service><serviceType>urn:schemas-upnp-org:service:WANIPConnection:1"
                + "</serviceType><controlURL>/ctl?a=b</controlURL></service></serviceList></device></root>";
        return List.of(ascii("<root><URLBase>http://" + ROUTER.getHostAddress() + ":80/</URLBase>" + service),
                ascii("<?xml version=\"1.0\"?><root xmlns=\"urn:schemas-upnp-org:device-1-0\">" + service));
    }

    /** The outer address, and a refusal. */
    public static List<byte[]> answerSeeds() {
        return List.of(ascii("0<s:Envelope xmlns:s=\"a\"><s:Body><" + WANTED + ">198.51.100.7</" + WANTED
                + "></s:Body></s:Envelope>"), ascii("1<s:Envelope xmlns:s=\"a\"><s:Body><s:Fault><detail><UPnPError>"
                + "<errorCode>718</errorCode><errorDescription>Conflict&#xD;</errorDescription></UPnPError></detail>"
                + "</s:Fault></s:Body></s:Envelope>"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
