// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.examples.prices;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.gossip.Verdict;
import org.osgi.service.component.annotations.Component;

/** Rejects what is no price before it is delivered or relayed. Called by several threads at once. */
@Component(property = MessageValidator.TOPIC + "=prices/*")
public class PriceValidator implements MessageValidator {

    @Override
    public Verdict validate(ReceivedMessage message) {
        return new String(message.payloadBytes(), UTF_8).matches("[0-9]{1,9}\\.[0-9]{2}")
                ? Verdict.ACCEPT : Verdict.REJECT;
    }
}
