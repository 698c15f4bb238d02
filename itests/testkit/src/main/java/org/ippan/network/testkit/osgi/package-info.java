// SPDX-License-Identifier: Apache-2.0
/**
 * As much of an OSGi container as a unit test needs. Tests of components call it in place of a framework. Everything
 * happens on the thread of the test.
 */
package org.ippan.network.testkit.osgi;
