// SPDX-License-Identifier: Apache-2.0
/**
 * What every part of the bundle is given: time, chance, the deciding thread, settings, counters, the log, and the
 * other services as they come and go. All packages above call it. Each class states its own thread rule; most are
 * safe on any thread.
 */
package org.ippan.network.peers.context;
