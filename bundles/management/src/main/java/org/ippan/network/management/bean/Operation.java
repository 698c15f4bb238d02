// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management.bean;

import java.util.List;
import java.util.function.Function;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;

/**
 * One operation of a bean.
 *
 * @param info how clients see it
 * @param body does it; arguments have the declared types
 */
public record Operation(MBeanOperationInfo info, Function<Object[], Object> body) {

    /** A parameter, with a name and a sentence. */
    public record Parameter(String name, Class<?> type, String description) {

        public static Parameter text(String name, String description) {
            return new Parameter(name, String.class, description);
        }
    }

    /** An operation that changes something and says what in a sentence. */
    public static Operation action(String name, String description, List<Parameter> parameters,
            Function<Object[], Object> body) {
        return of(name, description, parameters, MBeanOperationInfo.ACTION, body);
    }

    /** An operation that only tells. */
    public static Operation query(String name, String description, List<Parameter> parameters,
            Function<Object[], Object> body) {
        return of(name, description, parameters, MBeanOperationInfo.INFO, body);
    }

    private static Operation of(String name, String description, List<Parameter> parameters, int impact,
            Function<Object[], Object> body) {
        MBeanParameterInfo[] signature = parameters.stream()
                .map(parameter -> new MBeanParameterInfo(parameter.name(), parameter.type().getName(),
                        parameter.description()))
                .toArray(MBeanParameterInfo[]::new);
        return new Operation(new MBeanOperationInfo(name, description, signature, String.class.getName(), impact),
                body);
    }
}
