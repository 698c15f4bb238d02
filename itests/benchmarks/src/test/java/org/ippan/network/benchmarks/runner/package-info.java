// SPDX-License-Identifier: Apache-2.0
/**
 * Plays scenarios: starts their processes, tells them what to do, adds up what they measured, and prints it. The main
 * class calls it. It runs on the main thread; one thread for each process reads what that answers.
 */
package org.ippan.network.benchmarks.runner;
