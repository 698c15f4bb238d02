// SPDX-License-Identifier: Apache-2.0
/**
 * The search in DNS: questions to name servers, and what their answers mean. The component makes the source, and the
 * search asks it. It runs on the one thread of the search, which it may block for as long as its time limits say.
 */
package org.ippan.network.discovery.dns;
