// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import static org.ippan.network.management.bean.Operation.Parameter.text;

import java.util.List;
import java.util.stream.Collectors;
import org.ippan.network.api.doctor.EffectiveSetting;
import org.ippan.network.api.operator.Orders;
import org.ippan.network.management.bean.Operation;

/** What an operator may ask of the node as a whole, and do with it. */
record NodeOperations(Orders orders, DoctorCall doctor) {

    List<Operation> all() {
        return List.of(
                Operation.action("publishText", "Publishes a text to all nodes.", List.of(
                        text("topic", "The topic it is published under."),
                        text("text", "The message, sent as UTF-8.")),
                        in -> orders.publish(String.valueOf(in[0]), String.valueOf(in[1]))),
                Operation.query("doctor", "Examines the node and says what is wrong and what to do; may take up to"
                        + " 10 s, because it tries to reach peers.", List.of(),
                        none -> doctor.ask(asked -> lines(asked.examine()))),
                Operation.query("limits", "Says what holds back throughput just now.", List.of(),
                        none -> doctor.ask(asked -> lines(asked.limits()))),
                Operation.query("explainPeer", "Says why a peer is treated as it is: whether it is connected and when"
                        + " it is tried next, its score, its ban and until when, its health.",
                        List.of(Operations.PEER),
                        in -> doctor.ask(asked -> lines(asked.explain(String.valueOf(in[0])).sentences()))),
                Operation.query("settings", "Lists the settings in force and where each comes from.",
                        List.of(text("filter", "Part of a configuration's name or of a key; empty for all.")),
                        in -> doctor.ask(asked -> lines(EffectiveSetting.named(asked, String.valueOf(in[0]))))));
    }

    private static String lines(List<?> answers) {
        return answers.stream().map(String::valueOf).collect(Collectors.joining("\n"));
    }
}
