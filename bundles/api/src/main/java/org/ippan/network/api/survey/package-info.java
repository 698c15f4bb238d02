// SPDX-License-Identifier: Apache-2.0
/**
 * The whole network as one node knows it: every node with its state, what it says of itself, and its links. The survey
 * bundle provides the view, and JMX, the shells, HTTP and the doctor read it. Everything is immutable or safe for any
 * thread.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.survey;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
