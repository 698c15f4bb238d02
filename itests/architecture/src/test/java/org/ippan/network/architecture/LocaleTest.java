// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.fail;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Text does not depend on where the JVM runs: some locales have other digits, other commas and other capitals. */
class LocaleTest {

    /** It is no bundle, and is built after this module: its source is read. */
    private static final Path LAUNCHER = Path.of("..", "..", "features", "node", "src", "main");
    private static final Pattern DEFAULTED = Pattern.compile("String\\.format\\((?!\\s*(Locale\\.|own))"
            + "|\\.formatted\\(|printf\\((?!\\s*Locale\\.)|to(Upper|Lower)Case\\(\\)|new Decimal"
            + "Format|new SimpleDateFormat|ofPattern\\([^,)]*\\)");

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
    void shouldMakeNoTextWithTheDefaultLocaleInTheLauncher() throws IOException {
        try (Stream<Path> files = Files.walk(LAUNCHER)) {
            for (Path file : files.filter(found -> found.toString().endsWith(".java")).toList()) {
                String text = Files.readString(file);
                DEFAULTED.matcher(text).results().forEach(found ->
                        fail(file.getFileName() + " takes the default locale: " + found.group()));
            }
        }
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
