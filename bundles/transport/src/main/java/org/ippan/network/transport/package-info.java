// SPDX-License-Identifier: Apache-2.0
/**
 * The transport as a service: the component, and the core that wires and drives all parts. The container calls the
 * component, and the other bundles call it through the interfaces of the API. Any thread calls in, and nothing but the
 * end of the transport blocks.
 */
package org.ippan.network.transport;
