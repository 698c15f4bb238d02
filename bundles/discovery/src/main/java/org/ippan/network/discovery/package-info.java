// SPDX-License-Identifier: Apache-2.0
/**
 * Sources of addresses for the peers bundle: DNS, mDNS, a file, HTTP. Each is a component with a configuration of its
 * own, and searches nothing before that names something to search. The container calls the components; each search has
 * a thread of its own.
 */
package org.ippan.network.discovery;
