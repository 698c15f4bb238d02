// SPDX-License-Identifier: Apache-2.0
/**
 * Decisions worth telling an operator: peers up, down, warned, banned; health; overload; configuration.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.event;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
