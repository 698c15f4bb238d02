// SPDX-License-Identifier: Apache-2.0
/**
 * The node over HTTP: a page for people, metrics for Prometheus, JSON for programs. Browsers, scrapers and programs
 * call it over the network, and Declarative Services when services come and go. Requests are read and written on
 * the bundle's I/O threads; answers are made on its worker threads.
 */
package org.ippan.network.web;
