// SPDX-License-Identifier: Apache-2.0
/**
 * The heart of the bundle: it builds the parts, connects them, and carries out what operators ask for. The
 * components of the bundle call it, and the simulations run it without a container. Methods that callers outside
 * may use are safe on any thread; decisions run on {@code ippan-peers-timer}.
 */
package org.ippan.network.peers.core;
