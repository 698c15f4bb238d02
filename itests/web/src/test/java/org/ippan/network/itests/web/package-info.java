// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of the page in a real browser against running nodes. The build runs them where a browser is installed. Each
 * drives the browser from the thread of the test runner.
 */
package org.ippan.network.itests.web;
