// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery;

import org.ippan.network.discovery.http.HttpSource;
import org.ippan.network.discovery.search.Source;
import org.ippan.network.discovery.settings.HttpConfig;
import org.ippan.network.discovery.settings.HttpSettings;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Finds peers by servers that publish their records. */
@Component(service = {}, immediate = true, configurationPid = HttpConfig.PID)
@Designate(ocd = HttpConfig.class)
public final class HttpComponent extends SourceComponent<HttpSettings> {

    public HttpComponent() {
        super("http", HttpSettings.SCHEMA, HttpSettings::of);
    }

    @Override
    Source source(HttpSettings wanted) {
        return new HttpSource(wanted.urls(), wanted.refreshSeconds(), threads.watch, tally);
    }
}
