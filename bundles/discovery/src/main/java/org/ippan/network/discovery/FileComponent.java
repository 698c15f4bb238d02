// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery;

import org.ippan.network.discovery.file.FileSource;
import org.ippan.network.discovery.search.Source;
import org.ippan.network.discovery.settings.FileConfig;
import org.ippan.network.discovery.settings.FileSettings;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Finds peers in a file. */
@Component(service = {}, immediate = true, configurationPid = FileConfig.PID)
@Designate(ocd = FileConfig.class)
public final class FileComponent extends SourceComponent<FileSettings> {

    public FileComponent() {
        super("file", FileSettings.SCHEMA, FileSettings::of);
    }

    @Override
    Source source(FileSettings wanted) {
        return new FileSource(wanted.path(), wanted.pollSeconds(), tally);
    }
}
