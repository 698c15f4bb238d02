// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.text.SimpleDateFormat;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Formatter;
import java.util.Locale;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Text does not depend on where the JVM runs: some locales have other digits, other commas and other capitals. */
class LocaleTest {

    /** The class of the launcher that is there to look at the default. */
    private static final String LOOKING = "LatinDigits";

    /** Names that have a form with a locale and one without; the latter takes the default. */
    private static final Map<Class<?>, Set<String>> LOCALISED = Map.ofEntries(
            Map.entry(String.class, Set.of("format", "formatted", "toUpperCase", "toLowerCase")),
            Map.entry(PrintStream.class, Set.of("printf", "format")),
            Map.entry(PrintWriter.class, Set.of("printf", "format")),
            Map.entry(Formatter.class, Set.of("<init>")),
            Map.entry(Scanner.class, Set.of("<init>")),
            Map.entry(DecimalFormat.class, Set.of("<init>")),
            Map.entry(NumberFormat.class, Set.of("getInstance", "getNumberInstance", "getIntegerInstance",
                    "getPercentInstance", "getCompactNumberInstance", "getCurrencyInstance")),
            Map.entry(SimpleDateFormat.class, Set.of("<init>")),
            Map.entry(MessageFormat.class, Set.of("<init>", "format")),
            Map.entry(DateTimeFormatter.class, Set.of("ofPattern")),
            Map.entry(DateTimeFormatterBuilder.class, Set.of("toFormatter")),
            Map.entry(Locale.class, Set.of("getDefault")));

    @Test
    void shouldMakeNoTextWithTheDefaultLocaleInBundles() {
        check(Code.BUNDLES);
        check(Code.CONTRACTS);
    }

    @Test
    void shouldMakeNoTextWithTheDefaultLocaleInTheLauncher() {
        check(Code.LAUNCHER.that(DescribedPredicate.not(Code.named("looking", LOOKING))));
    }

    private static void check(JavaClasses classes) {
        noClasses().should().accessTargetWhere(DescribedPredicate.describe("it takes the default locale", access ->
                access.getTarget() instanceof CodeUnitAccessTarget target && takesDefault(target)))
                .because("Arabic and Persian JVMs write other digits, Turkish ones another i: programs cannot read"
                        + " that")
                .check(classes);
    }

    private static boolean takesDefault(CodeUnitAccessTarget target) {
        boolean localised = LOCALISED.entrySet().stream().anyMatch(entry ->
                target.getOwner().isEquivalentTo(entry.getKey()) && entry.getValue().contains(target.getName()));
        return localised && target.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Locale.class)
                || type.isEquivalentTo(DecimalFormatSymbols.class));
    }
}
