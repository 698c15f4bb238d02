// SPDX-License-Identifier: Apache-2.0
/**
 * The systems that are measured, one class each behind one interface. The process that plays a scenario calls them.
 * It starts members on its own thread and publishes on one thread for each publisher; what arrives is noted on the
 * threads of the system.
 */
package org.ippan.network.benchmarks.contender;
