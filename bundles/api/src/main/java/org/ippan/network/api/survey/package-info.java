// SPDX-License-Identifier: Apache-2.0
/**
 * The whole network as one node knows it: every node with its state, what it says of itself, and its links; the way a
 * message took through it. The survey bundle provides the view and asks after messages, and JMX, the shells, HTTP and
 * the doctor call it. Everything is immutable or safe for any thread.
 */
@Export
@Version("1.0.0")
package org.ippan.network.api.survey;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
