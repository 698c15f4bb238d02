// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management.bean;

import org.ippan.network.api.settings.SettingsReading;

/**
 * What all attributes that are read in one call are read from, so that they belong together.
 *
 * @param snapshot of the service, or null
 * @param settings of the bundle, or null
 */
record BeanReading(Record snapshot, SettingsReading settings) {
}
