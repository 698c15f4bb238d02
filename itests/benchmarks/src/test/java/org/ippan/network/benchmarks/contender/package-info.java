// SPDX-License-Identifier: Apache-2.0
/**
 * The systems that are measured, one class each behind one interface, so that nothing else knows which one runs. The
 * process that plays a scenario starts members on its own thread and publishes on one thread for each publisher; what
 * arrives is noted on the threads of the system.
 */
package org.ippan.network.benchmarks.contender;
