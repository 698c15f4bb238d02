// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.examples.prices;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ippan.network.api.json.Json;
import org.ippan.network.api.typed.PayloadFormat;
import org.osgi.service.component.annotations.Component;

/** Prices as JSON. It reads this one form only; with a library for JSON each of both methods is one line. */
@Component
public class PriceJson implements PayloadFormat<Price> {

    private static final Pattern JSON =
            Pattern.compile("\\{\"item\":\"([a-z]{1,20})\",\"amount\":\"([0-9]{1,9}\\.[0-9]{2})\"}");

    @Override
    public Class<Price> type() {
        return Price.class;
    }

    @Override
    public byte[] encode(Price price) {
        return Json.of(price).getBytes(UTF_8);
    }

    @Override
    public Price decode(ByteBuffer payload) {
        Matcher json = JSON.matcher(UTF_8.decode(payload));
        if (!json.matches()) {
            throw new IllegalArgumentException("it is no price");
        }
        return new Price(json.group(1), json.group(2));
    }
}
