// SPDX-License-Identifier: Apache-2.0
/** The node over HTTP: a page for people, metrics for Prometheus, JSON for programs. Alone knows Netty's HTTP codec. */
package org.ippan.network.web;
