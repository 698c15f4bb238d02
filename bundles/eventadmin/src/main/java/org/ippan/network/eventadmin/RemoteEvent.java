// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.eventadmin;

import java.util.Map;

/**
 * An event as it travels.
 *
 * @param topic its topic in Event Admin
 * @param properties its properties without the topic; values may be null
 */
record RemoteEvent(String topic, Map<String, Object> properties) {
}
