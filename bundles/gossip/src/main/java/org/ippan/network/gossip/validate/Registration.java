// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.validate;

import java.util.List;
import org.ippan.network.api.callback.CallbackFaults.Subject;

/**
 * How a validator registered.
 *
 * @param subject what operators read of it
 * @param topics names or patterns
 * @param ranking the highest judges first
 */
public record Registration(Subject subject, List<String> topics, int ranking) {
}
