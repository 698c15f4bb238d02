// SPDX-License-Identifier: Apache-2.0
/**
 * Asks the validators of applications. The parts that receive hand messages in and are told the verdict, and the
 * subscriptions bring and take validators. Validators run on threads of their own; any thread may submit, and the
 * relay's looks at time-outs.
 */
package org.ippan.network.gossip.validate;
