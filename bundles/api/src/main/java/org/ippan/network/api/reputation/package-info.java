// SPDX-License-Identifier: Apache-2.0
/**
 * The service that scores peers and decides who is banned, until when and why.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.reputation;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
