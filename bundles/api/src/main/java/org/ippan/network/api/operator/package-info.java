// SPDX-License-Identifier: Apache-2.0
/**
 * What every surface for operators needs: the services of the node as they come and go, and the orders that change
 * something. JMX, the shells, the page, the doctor and the survey hold one each. Any thread may use them; an order runs
 * on the thread of the client that gives it.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.operator;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
