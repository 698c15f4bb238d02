// SPDX-License-Identifier: Apache-2.0
/**
 * An application of the network: prices are published, validated and received. Declarative Services makes the
 * components; the network calls the listener and the validator on its own threads, the publisher has a thread.
 */
package org.ippan.network.examples.prices;
