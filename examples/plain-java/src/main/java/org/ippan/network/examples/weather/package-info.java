// SPDX-License-Identifier: Apache-2.0
/** A program that uses the network. Its main thread publishes; the node calls the listener on a thread of its own. */
package org.ippan.network.examples.weather;
