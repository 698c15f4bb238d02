// SPDX-License-Identifier: Apache-2.0
/**
 * The search in a file that other programs write. The component makes the source, and the search asks it. It reads the
 * file on the one thread of the search.
 */
package org.ippan.network.discovery.file;
