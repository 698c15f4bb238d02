// SPDX-License-Identifier: Apache-2.0
/**
 * The main class of {@code ippan-node.jar}, and the text of {@code --help}. The JVM calls it. All of it runs on the
 * main thread.
 */
package org.ippan.network.node.main;
