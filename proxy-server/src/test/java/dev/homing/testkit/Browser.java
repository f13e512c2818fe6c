package dev.homing.testkit;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// A Chromium without a window, with a profile of its own that ends with it.
public final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(20);

    /// It warns of each Chromium that is newer than itself. Kept here, since loggers are weakly
    /// held.
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final Path profile;
    private final ChromeDriver driver;

    private Browser(Path profile, ChromeDriver driver) {
        this.profile = profile;
        this.driver = driver;
    }

    /// Skips the test, and says so, where there is no Chromium.
    public static Browser open() throws IOException {
        assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "there is no Chromium: apt-get install chromium chromium-driver");
        SELENIUM.setLevel(Level.SEVERE);
        Path profile = Files.createTempDirectory("homing-browser");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                // Its sandbox wants privileges that containers do not give.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + profile);
        LoggingPreferences logged = new LoggingPreferences();
        logged.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logged);
        // With the driver's place given, Selenium looks for none on the internet.
        ChromeDriverService service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .usingAnyFreePort()
                        .withLogOutput(OutputStream.nullOutputStream())
                        .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(PATIENCE.multipliedBy(2));
        return new Browser(profile, driver);
    }

    public void visit(URI page) {
        driver.get(page.toString());
    }

    /// @param width of the page in CSS pixels
    public void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    public void prefer(String colorScheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
    }

    /// What stands at the first element that the CSS selector finds, as a reader sees it; empty if
    /// there is none to be seen.
    public String text(String selector) {
        return String.valueOf(
                run(
                        """
                        const found = document.querySelector(arguments[0]);
                        return found?.checkVisibility() ? found.innerText : '';
                        """,
                        selector));
    }

    /// How many elements the CSS selector finds.
    public int count(String selector) {
        return driver.findElements(By.cssSelector(selector)).size();
    }

    /// The page itself looks until it is there: asking through the driver again and again would
    /// keep the machine busier than the page does.
    public void awaitText(String selector, String part) {
        Object missed =
                runAsync(
                        """
                        const [selector, part, patience, pause] = given;
                        const text = () => {
                          const found = document.querySelector(selector);
                          return found?.checkVisibility() ? found.innerText : '';
                        };
                        for (const end = performance.now() + patience; !text().includes(part);) {
                          if (performance.now() > end) {
                            return text();
                          }
                          await new Promise((next) => setTimeout(next, pause));
                        }
                        return null;
                        """,
                        selector,
                        part,
                        PATIENCE.toMillis(),
                        PAUSE.toMillis());
        assertNull(missed, () -> "not '" + part + "' at " + selector);
    }

    /// Runs a script's body in the page.
    public Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /// Runs a script's body that awaits, and gives what it returns.
    public Object runAsync(String script, Object... arguments) {
        return driver.executeAsyncScript(
                """
                const done = arguments[arguments.length - 1];
                (async (...given) => {%s})(...arguments).then(done, (e) => done('failed: ' + e));
                """
                        .formatted(script),
                arguments);
    }

    /// Presses keys where the focus is.
    public void press(Keys... keys) {
        for (Keys key : keys) {
            driver.switchTo().activeElement().sendKeys(key);
        }
    }

    /// What the browser complained of since the last call: failed requests, errors of scripts, and
    /// what the page's policy forbade.
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
