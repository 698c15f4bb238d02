// SPDX-License-Identifier: Apache-2.0
/**
 * Answers to an operator's questions: what is wrong, why a peer is banned or away, where a setting comes from, what
 * limits throughput. One service answers; JMX, the shell and the page call it and only show the result. Calls may
 * take seconds, so no I/O thread may make them.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.doctor;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
