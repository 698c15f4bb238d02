// SPDX-License-Identifier: Apache-2.0
/**
 * The node as a Felix health check. The health check executor of the container calls it. It runs on the executor's
 * threads and only reads snapshots of other services.
 */
package org.ippan.network.healthcheck;
