// SPDX-License-Identifier: Apache-2.0
/**
 * The launcher of a node without a container of its own: command line, demo and embedding API. Users start it from
 * a shell, and applications embed it with {@code IppanNodeBuilder}. It runs on the caller's thread and on the
 * threads of the framework it starts.
 */
package org.ippan.network.node;
