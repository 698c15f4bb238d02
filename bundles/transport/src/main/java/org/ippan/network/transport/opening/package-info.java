// SPDX-License-Identifier: Apache-2.0
/**
 * The set-up of sockets and the opening of streams, with TLS or with the plaintext preface. The dialler and the core
 * set up channels here, and the connection is told how the opening ended. Channels are set up by any thread before
 * they are registered, and then belong to their event loop.
 */
package org.ippan.network.transport.opening;
