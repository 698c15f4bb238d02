// SPDX-License-Identifier: Apache-2.0
/**
 * HTTP itself: listening, limits on requests and time, requests as they come and answers as they go. The web
 * package above it gives it what answers requests. Requests are read and written on its I/O threads, and answers
 * are made on the worker threads it is given.
 */
package org.ippan.network.web.http;
