// SPDX-License-Identifier: Apache-2.0
/**
 * The project's documents as tests read them. Tests of every module call it to run what is printed. It runs on the
 * thread of the test and keeps nothing.
 */
package org.ippan.network.testkit.document;
