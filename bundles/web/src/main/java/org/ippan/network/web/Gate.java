// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.NetUtil;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ippan.network.api.ListenAddress;
import org.ippan.network.web.http.Refusal;
import org.ippan.network.web.http.Request;
import org.ippan.network.web.settings.WebConfig;
import org.ippan.network.web.settings.WebSettings;

/**
 * Who may ask what. Three things are kept out: pages of other sites whose name was made to lead here (DNS rebinding: a
 * host by name has to be ours), orders that another site has a browser send (they need a header with a token, and the
 * origin of a page of ours), and clients without the token. Stateless, safe for any thread.
 */
final class Gate {

    /** Nothing cached, nothing of a cookie: the token comes with every request. */
    private static final String BEARER = "Bearer ";
    private static final List<HttpMethod> KNOWN = List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST);
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(:[0-9]{1,5})?");

    private final WebSettings settings;

    /** What a request is for. */
    enum Matter {
        /** No secret: the files of the page, whether the node lives. */
        PUBLIC,
        /** What the node shows. */
        SHOWN,
        /** Messages themselves, which need the token wherever the client is. */
        MESSAGES
    }

    Gate(WebSettings settings) {
        this.settings = settings;
    }

    /**
     * Lets a request through.
     *
     * @param request whose
     * @param matter what it is for
     * @throws Refusal if it may not
     */
    void check(Request request, Matter matter) {
        String host = host(request);
        checkOrigin(request, host);
        if (!KNOWN.contains(request.method())) {
            throw new Refusal(HttpResponseStatus.METHOD_NOT_ALLOWED, "only GET, HEAD and POST are known here");
        }
        boolean order = request.isPost() || matter == Matter.MESSAGES;
        if (order && settings.token().isEmpty()) {
            throw new Refusal(HttpResponseStatus.FORBIDDEN,
                    "no token is configured, so nothing can be ordered here; it is the key token of " + WebConfig.PID);
        }
        String given = request.headers().get(HttpHeaderNames.AUTHORIZATION);
        boolean needed = order || matter != Matter.PUBLIC && !settings.listen().loopback();
        if ((needed || given != null && !settings.token().isEmpty()) && !proves(given)) {
            throw new Refusal(HttpResponseStatus.UNAUTHORIZED,
                    given == null ? "this needs the token of the node" : "this is not the token of the node");
        }
    }

    /** A client that comes by a name that is not ours was led here by another site. */
    private String host(Request request) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        String host = hosts.size() == 1 ? hosts.get(0).toLowerCase(Locale.ROOT) : "";
        Matcher form = HOST.matcher(host);
        if (!form.matches() || !ours(form.group(1))) {
            throw new Refusal(HttpResponseStatus.MISDIRECTED_REQUEST,
                    "this node answers to IP addresses, localhost and the host it is configured to listen on");
        }
        return host;
    }

    private boolean ours(String name) {
        ListenAddress listen = settings.listen();
        return name.equals("localhost") || name.equals(listen.host().toLowerCase(Locale.ROOT))
                || NetUtil.isValidIpV4Address(name)
                || name.startsWith("[") && NetUtil.isValidIpV6Address(name.substring(1, name.length() - 1));
    }

    private static void checkOrigin(Request request, String host) {
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        if (origin != null && !origin.equalsIgnoreCase("http://" + host)
                && !origin.equalsIgnoreCase("https://" + host)) {
            throw new Refusal(HttpResponseStatus.FORBIDDEN, "pages of other sites are not served");
        }
    }

    /** Takes the same time however much of the token is right: digests are compared, all of them. */
    private boolean proves(String given) {
        return given != null && given.startsWith(BEARER)
                && MessageDigest.isEqual(digest(given.substring(BEARER.length())), digest(settings.token()));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
