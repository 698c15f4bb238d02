// SPDX-License-Identifier: Apache-2.0
/**
 * Rates: a bucket of tokens, and the turns in which the bytes of many connections are sent. Sending and receiving call
 * it, and the core makes the rate that all connections share. It is safe for any thread; time comes from the caller,
 * and nothing waits here.
 */
package org.ippan.network.transport.rate;
