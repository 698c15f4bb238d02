// SPDX-License-Identifier: Apache-2.0
/**
 * How well peers answer: reports, judgements and the policy behind them. Peers and gossip report; operators, the
 * doctor and the peers bundle read. All methods are safe on any thread.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.health;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
