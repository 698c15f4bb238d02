// SPDX-License-Identifier: Apache-2.0
/**
 * What all parts of the transport stand on: event loops, counters, the logs of Netty, and clean text for operators.
 * The core starts and stops the threads, and every other package counts, runs tasks and words errors here. It is safe
 * for any thread.
 */
package org.ippan.network.transport.io;
