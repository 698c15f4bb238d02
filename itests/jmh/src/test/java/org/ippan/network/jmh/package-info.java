// SPDX-License-Identifier: Apache-2.0
/**
 * What all benchmarks of single steps have in common. They lie in the packages of what they measure, as that is not
 * public, and JMH calls them. Each runs in a process of its own, on the threads that JMH starts there.
 */
package org.ippan.network.jmh;
