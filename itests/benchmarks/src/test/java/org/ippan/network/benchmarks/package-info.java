// SPDX-License-Identifier: Apache-2.0
/**
 * The benchmarks' command line. A person runs its main class, or the build a short form of it; it runs on one thread
 * and starts processes that do the work. Benchmarks of single steps have a package of their own below this one.
 */
package org.ippan.network.benchmarks;
