// SPDX-License-Identifier: Apache-2.0
/**
 * Random bytes for everything that decodes what peers, routers and files say. The build tries each decoder with seeded
 * bytes for a second or two, and {@code mvn -Pfuzz} for as long as wanted, guided by coverage. Everything runs on the
 * thread of the test, or in a process of its own for each decoder.
 */
package org.ippan.network.fuzz;
