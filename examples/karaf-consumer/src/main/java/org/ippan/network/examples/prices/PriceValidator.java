// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.examples.prices;

import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.gossip.Verdict;
import org.osgi.service.component.annotations.Component;

/** Rejects what is no price before it is delivered or relayed. Called by several threads at once. */
@Component(property = MessageValidator.TOPIC + "=prices/*")
public class PriceValidator implements MessageValidator {

    private final PriceJson format = new PriceJson();

    @Override
    public Verdict validate(ReceivedMessage message) {
        try {
            format.decode(message.payload());
            return Verdict.ACCEPT;
        } catch (IllegalArgumentException e) {
            return Verdict.REJECT;
        }
    }
}
