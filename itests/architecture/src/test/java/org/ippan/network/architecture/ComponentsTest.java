// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.junit.jupiter.api.Test;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** How services are given to the container. */
class ComponentsTest {

    @Test
    void shouldKeepWhatServicesLearntWhenNobodyUsesThem() {
        classes().that().areAnnotatedWith(Component.class).and().areAssignableTo(SnapshotSource.class)
                .should().beAnnotatedWith(immediate())
                .as("components with a snapshot are immediate")
                .because("the container throws a delayed component away, with all it learnt, as soon as its last user "
                        + "goes: one update of gossip would make the deduplicator forget every id")
                .check(Code.BUNDLES);
    }

    @Test
    void shouldShowTheSettingsOfEveryConfiguredComponent() {
        classes().that().areAnnotatedWith(Designate.class).should().beAssignableTo(Configurable.class)
                .as("every component with a configuration shows its settings")
                .because("whoever operates a node sees and checks all of them in one place")
                .check(Code.BUNDLES);
    }

    @Test
    void shouldNotLetKeysOfAConfigurationBecomePropertiesOfAService() {
        classes().that().areAnnotatedWith(Designate.class).should().beAnnotatedWith(DescribedPredicate.describe(
                "@Component(service = {})", annotation -> annotation.getRawType().isEquivalentTo(Component.class)
                        && annotation.get("service").filter(types -> ((Object[]) types).length == 0).isPresent()))
                .as("components with a configuration publish themselves by hand")
                .because("the container does not register a service of which two properties differ in case alone: one"
                        + " slip in a file, and the component never comes")
                .check(Code.BUNDLES);
    }

    private static DescribedPredicate<JavaAnnotation<?>> immediate() {
        return DescribedPredicate.describe("@Component(immediate = true)", annotation ->
                annotation.getRawType().isEquivalentTo(Component.class)
                        && annotation.get("immediate").filter(Boolean.TRUE::equals).isPresent());
    }
}
