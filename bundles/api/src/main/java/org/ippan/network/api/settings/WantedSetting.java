// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import java.util.Optional;

/**
 * A setting as an operator wants it.
 *
 * @param pid of its configuration
 * @param key of the setting
 * @param value as it would be written in a file; empty for the default
 * @param seen the value in force that the operator saw: if it is another one by now, nothing
 *         is changed; empty if that does not matter
 */
public record WantedSetting(String pid, String key, Optional<String> value, Optional<String> seen) {
}
