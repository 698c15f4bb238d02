// SPDX-License-Identifier: Apache-2.0
/**
 * Tests in Karaf: features, commands, configuration files and updates of bundles. The build runs them against the
 * packaged features. Each runs on the thread of the test runner or inside the container it starts.
 */
package org.ippan.network.karaf;
