// SPDX-License-Identifier: Apache-2.0
/**
 * Changes of settings that operators make together: what they would do, what was changed last, and what goes back by
 * itself. The page calls it through the service of the api, and the component tells it which settings there are. Calls
 * come on the threads of clients; what goes back by itself runs on the bundle's timer thread.
 */
package org.ippan.network.management.change;
