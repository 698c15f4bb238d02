// SPDX-License-Identifier: Apache-2.0
/**
 * The services of this bundle as the container sees them: the components, the threads they own, and how they rank
 * the services handed to them. Declarative Services calls it when services or settings come, change or go. The
 * container's threads run it; each call hands its work to the thread {@code ippan-peers-timer} and returns.
 */
package org.ippan.network.peers;
