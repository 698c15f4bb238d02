// SPDX-License-Identifier: Apache-2.0
/**
 * The API for programs with a node inside: the classes that they compile against. Programs call it, and it delegates
 * to the launcher. Any thread may call a node; a builder belongs to one thread.
 */
package org.ippan.network.node;
