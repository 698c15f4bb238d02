// SPDX-License-Identifier: Apache-2.0
/**
 * The rate at which bytes are sent: the turns of many connections. Sending and receiving call
 * it, and the core makes the rate that all connections share. It is safe for any thread; time comes from the caller,
 * and nothing waits here.
 */
package org.ippan.network.transport.rate;
