// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.callback;

/**
 * One thing that is wrong with the code of an application.
 *
 * @param kind what it is
 * @param name its class
 * @param topics what it is registered for; empty where it has no topics
 * @param problem what is wrong
 * @param count how often, since the first time; of {@link CallbackProblem#OVERLOADED} how many messages were ignored,
 *     of {@link CallbackProblem#HUNG} how many calls hang now
 * @param detail the exception, or the rule that is broken, or what is misspelt; empty if there is nothing to add
 */
public record CallbackFault(CallbackKind kind, String name, String topics, CallbackProblem problem, long count,
        String detail) {

    /** {@return what is at fault, for example {@code validator com.example.Prices of prices/*}} */
    public String subject() {
        return kind + " " + name + (topics.isEmpty() ? "" : " of " + topics);
    }
}
