// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.survey.NetworkSnapshot;
import org.ippan.network.testkit.Descriptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurveySettingsTest {

    private final List<String> errors = new ArrayList<>();
    private final LiveSettings<SurveySettings> settings =
            new LiveSettings<>(SurveySettings.SCHEMA, SurveySettings::of, errors::add, errors::add);

    @Test
    void shouldDescribeEveryKeyAndEveryNumberInOnePlace() {
        assertEquals(List.of(), Descriptions.disagreements(SurveyConfig.class, SurveySettings.SCHEMA));
        assertEquals(List.of(), Descriptions.undescribed(NetworkSnapshot.class));
    }

    @Test
    void shouldShareOnlyWhereMembersHearItUnlessTold() {
        assertEquals(Share.AUTO, settings.current().share());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"share|on", "share|OFF", "name|paris", "name|Zürich 1",
        "budgetBytesPerSecond|256", "leastSeconds|5", "maxNodes|10000"})
    void shouldTakeWhatMakesSense(String key, String value) {
        assertTrue(settings.update(Map.of(key, value), applied -> { }), errors.toString());
    }

    /** By default members hear what this node was perhaps told to keep back. */
    @Test
    void shouldTellNothingBeforeItIsKnownWhetherItMay() {
        settings.update(Map.of("share", "of", "name", "paris"), applied -> { });

        assertTrue(settings.failedClosed());
        assertEquals(Share.OFF, settings.current().unshared().share());
        assertEquals("paris", settings.current().unshared().name());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"share|maybe", "name|abcdefghijklmnopqrstuvwxyzabcdefg", "name|a\tb",
        "budgetBytesPerSecond|255", "leastSeconds|4", "maxNodes|9", "maxNodes|10001"})
    void shouldRefuseWhatDoesNot(String key, String value) {
        assertFalse(settings.update(Map.of(key, value), applied -> { }));

        assertTrue(settings.lastConfigError().orElseThrow().contains(key + " = "), errors.toString());
    }
}
