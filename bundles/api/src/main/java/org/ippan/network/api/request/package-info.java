// SPDX-License-Identifier: Apache-2.0
/**
 * Questions and answers over topics, for applications: who asks names a topic for the answers. Applications make the
 * two ends and register them as listeners; the network knows nothing of it. Listeners' threads and the application's
 * own call it, and time-outs run on a timer that the application gives.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.request;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
