// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

/**
 * Why a configuration is refused.
 *
 * @param key whose value breaks a rule; empty for a rule across several keys
 * @param text key, value and rule in a sentence
 */
public record SettingError(String key, String text) {
}
