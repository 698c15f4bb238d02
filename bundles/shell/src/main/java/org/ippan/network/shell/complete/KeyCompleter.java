// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.complete;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Keys and PIDs. */
@Service
public final class KeyCompleter extends Suggestions {

    @Override
    Stream<String> now() {
        return services.doctor().map(doctor -> doctor.settings("")).stream()
                .flatMap(settings -> settings.stream())
                .flatMap(setting -> Stream.of(setting.description().key(), setting.pid()));
    }
}
