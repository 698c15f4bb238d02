// SPDX-License-Identifier: Apache-2.0
/**
 * The command line of the benchmarks. A person runs its main class, and the build runs a short form of it. It works on
 * one thread and starts processes that do the rest.
 */
package org.ippan.network.benchmarks;
