// SPDX-License-Identifier: Apache-2.0
/**
 * The door for programs: messages published by a request, messages told as events for as long as a client reads them,
 * and samples for people who look. The web package above it calls it for requests that have the token, and gossip calls
 * streams and samples, which are listeners. Requests come on worker threads, messages on threads for callbacks, and
 * events are taken by the I/O thread.
 */
package org.ippan.network.web.door;
