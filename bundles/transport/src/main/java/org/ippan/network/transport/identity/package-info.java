// SPDX-License-Identifier: Apache-2.0
/**
 * This node's Ed25519 key and certificate, and the file in which they are kept. The component loads the identity, and
 * TLS and the core use it. Loading happens on the thread that starts the component; what is loaded is immutable and
 * safe for any thread.
 */
package org.ippan.network.transport.identity;
