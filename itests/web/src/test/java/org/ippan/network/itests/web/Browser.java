// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.itests.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.ippan.network.testkit.Eventually;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window, as the system's packages bring it; it reaches nothing but this machine. */
final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path PICTURES = Path.of("target", "pictures");
    private static final int HEIGHT = 900;
    /** The rules of axe take a second of a processor that may be shared by ten. */
    private static final Duration LONGEST_SCRIPT = Duration.ofMinutes(1);
    private static final boolean ALL_LOOKS = System.getProperty("looks", "").equals("all");
    private static final List<String> VIEWS = List.of("overview", "network", "topics", "messages", "node", "settings",
            "events", "peers");
    /** On a phone in the dark and on a desk in the light; with {@code -Dlooks=all} the other two as well. */
    private static final List<Look> LOOKS = Stream.of(new Look(400, "light"), new Look(1400, "dark"),
            new Look(400, "dark"), new Look(1400, "light")).skip(ALL_LOOKS ? 0 : 2).toList();

    private final ChromeDriver driver;
    /** The script that runs before those of a page, if there is one. */
    private Object before;

    /** How a page is shown: to a window of a width, and to a system of a scheme, which is light or dark. */
    record Look(int width, String scheme) {
        @Override
        public String toString() {
            return width + "-" + scheme;
        }
    }

    private Browser(ChromeDriver driver) {
        this.driver = driver;
        driver.manage().timeouts().scriptTimeout(LONGEST_SCRIPT);
    }

    static List<Look> looks() {
        return LOOKS;
    }

    /** Whether everything is looked at in all looks, which takes minutes. */
    static boolean showsAll() {
        return ALL_LOOKS;
    }

    static boolean installed() {
        return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    }

    static Browser start() {
        LoggingPreferences console = new LoggingPreferences();
        console.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.setCapability(ChromeOptions.LOGGING_PREFS, console);
        // Builds run as root and in containers, where Chromium's sandbox and the small /dev/shm are in the way.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                "--hide-scrollbars", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
        return new Browser(new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(), options));
    }

    void open(String url) {
        driver.get(url);
    }

    /** Runs a script before those of each page that is opened from now on, and no other that was given before. */
    void beforeEachPage(String script) {
        if (before != null) {
            driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", before));
        }
        before = driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script))
                .get("identifier");
    }

    /** Makes each answer from now on take longer. */
    void slowDown(int millis) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.emulateNetworkConditions", Map.of("offline", false, "latency", millis,
                "downloadThroughput", -1, "uploadThroughput", -1));
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** What an element says, or an attribute of it; elements that come and go are looked up in the page itself. */
    String text(String selector) {
        return (String) run("return document.querySelector(arguments[0])?.textContent ?? ''", selector);
    }

    String attribute(String selector, String name) {
        return (String) run("return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? ''",
                selector, name);
    }

    void awaitText(String selector, String wanted) {
        Eventually.until(() -> wanted + " in " + selector + ", which says " + text(selector), ShownNetwork.SOON,
                () -> text(selector).contains(wanted));
    }

    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Runs a script that calls its last argument when it is done. */
    Object await(String script, Object... arguments) {
        return driver.executeAsyncScript(script, arguments);
    }

    /** What a function of {@code look.js} finds wrong with how the page looks. */
    Object look(String function) throws IOException {
        try (InputStream script = Browser.class.getResourceAsStream("/look.js")) {
            return run(new String(script.readAllBytes(), UTF_8) + "return " + function);
        }
    }

    /**
     * What axe-core finds that keeps people from using the page as it is shown now: rules of WCAG 2.2 A and AA, and
     * what its makers call best practice.
     */
    List<?> barriers() throws IOException {
        return barriers("{resultTypes: ['violations']}");
    }

    /**
     * The same in every second look: axe-core takes seconds, and looks differ in width and colours alone. Its slowest
     * rule is left out, as {@code tooFaint} of {@code look.js} measures all contrasts beside this.
     */
    List<?> barriers(Look look, int view) throws IOException {
        return showsAll() ? barriers() : (view + LOOKS.indexOf(look)) % 2 != 0 ? List.of()
                : barriers("{resultTypes: ['violations'], rules: {'color-contrast': {enabled: false}}}");
    }

    private List<?> barriers(String options) throws IOException {
        try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
            run("if (!window.axe) {" + new String(axe.readAllBytes(), UTF_8) + "}");
        }
        return (List<?>) await("""
                const done = arguments[0];
                axe.run(document, %s).then(found => done(found.violations.flatMap(rule =>
                  rule.nodes.map(node => `${rule.id}: ${node.target} ${node.failureSummary}`))),
                  failure => done([String(failure)]));
                """.formatted(options));
    }

    /** What the console said since it was last asked: errors, warnings, refusals of the page's own policy. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage()).toList();
    }

    void showOn(Look look) {
        showOn(look.width(), look.scheme());
    }

    /** @param scheme light or dark, as the system of the person prefers it */
    void showOn(int width, String scheme) {
        showOn(width, HEIGHT, scheme);
    }

    void showOn(int width, int height, String scheme) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        // Without motion, what is measured is where it stays.
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /** Keeps what the window, or the whole page, looks like in {@code target/pictures}. */
    void picture(String name, boolean whole) throws IOException {
        Object data = driver.executeCdpCommand("Page.captureScreenshot",
                Map.of("captureBeyondViewport", whole, "optimizeForSpeed", true)).get("data");
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name + ".png"), Base64.getDecoder().decode((String) data));
    }

    /** With {@code -Dlooks=all} keeps what every view looks like; nothing may be in a user's way. */
    void pictures(String name) throws IOException {
        for (String view : ALL_LOOKS ? VIEWS : List.<String>of()) {
            run("location.hash = '#/' + arguments[0]", view);
            Eventually.until(view, ShownNetwork.SOON, () -> find("#view-" + view).isDisplayed());
            for (Look look : LOOKS) {
                showOn(look);
                await("setTimeout(arguments[0], 1200)");
                picture(name + "-" + view + "-" + look, true);
                assertEquals(List.of(), look("tooNarrow()"), view + ", " + look);
                assertEquals(List.of(), barriers(), view + ", " + look);
            }
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
