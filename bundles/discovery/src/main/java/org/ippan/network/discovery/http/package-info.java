// SPDX-License-Identifier: Apache-2.0
/**
 * The search over HTTP: signed records from servers. The component makes the source, and the search asks it. It runs
 * on the one thread of the search, which it may block for as long as its time limits say; a second thread ends fetches
 * that take too long.
 */
package org.ippan.network.discovery.http;
