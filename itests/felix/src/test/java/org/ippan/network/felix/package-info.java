// SPDX-License-Identifier: Apache-2.0
/**
 * Tests in plain Felix: what resolves there, what is configured there, and traffic between nodes. The build runs
 * them against the packaged bundles. Each runs on the thread of the test runner or inside the container it starts.
 */
package org.ippan.network.felix;
