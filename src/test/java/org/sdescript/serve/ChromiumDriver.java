package org.sdescript.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Chromium without a window, led by the WebDriver protocol of W3C. */
public final class ChromiumDriver implements AutoCloseable {
    /** Keys as WebDriver writes them; the last character of a combination releases the held key. */
    static final String CONTROL_ENTER = "\uE009\uE007\uE000";

    static final String SHIFT_ENTER = "\uE008\uE007\uE000";
    static final String TAB = "\uE004";
    static final String SELECT_ALL = "\uE009a\uE000";
    static final String BACKSPACE = "\uE003";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PORT = Pattern.compile("successfully on port (\\d+)");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process driver;
    private final String session;

    /** True if both programs are in a folder of the path. */
    public static boolean isInstalled() {
        return Stream.of("chromium", "chromedriver").allMatch(ChromiumDriver::isOnPath);
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    public ChromiumDriver() throws IOException, InterruptedException {
        driver = new ProcessBuilder("chromedriver", "--port=0")
                .redirectErrorStream(true)
                .start();
        try {
            session = session();
        } catch (IOException | InterruptedException | RuntimeException failed) {
            end();
            throw failed;
        }
    }

    /** Opens a browser; returns the address of its session. */
    private String session() throws IOException, InterruptedException {
        String root = "http://127.0.0.1:" + port(driver) + "/session";
        ObjectNode options = JSON.createObjectNode();
        var arguments = options.putObject("capabilities")
                .putObject("alwaysMatch")
                .putObject("goog:chromeOptions")
                .putArray("args");
        List.of("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1280,1000")
                .forEach(arguments::add);
        return root + "/" + send(root, options).path("sessionId").asText();
    }

    private static String port(Process driver) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher port = PORT.matcher(line);
            if (port.find()) {
                return port.group(1);
            }
        }
        throw new IOException("chromedriver did not start");
    }

    private JsonNode send(String address, JsonNode body) throws IOException, InterruptedException {
        return value(HttpRequest.newBuilder(URI.create(address))
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    private JsonNode value(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.body());
        }
        return JSON.readTree(answer.body()).path("value");
    }

    public void open(String address) throws IOException, InterruptedException {
        send(session + "/url", JSON.createObjectNode().put("url", address));
    }

    /** Opens another tab and goes on there. */
    void openTab() throws IOException, InterruptedException {
        String handle = send(session + "/window/new", JSON.createObjectNode().put("type", "tab"))
                .path("handle")
                .asText();
        use(handle);
    }

    String tab() throws IOException, InterruptedException {
        return value(HttpRequest.newBuilder(URI.create(session + "/window")).build())
                .asText();
    }

    void use(String tab) throws IOException, InterruptedException {
        send(session + "/window", JSON.createObjectNode().put("handle", tab));
    }

    /** Types keys into an element, as a user does. */
    void type(String selector, String keys) throws IOException, InterruptedException {
        String element = send(
                        session + "/element",
                        JSON.createObjectNode().put("using", "css selector").put("value", selector))
                .path(ELEMENT)
                .asText();
        send(session + "/element/" + element + "/value", JSON.createObjectNode().put("text", keys));
    }

    public JsonNode script(String code) throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode().put("script", "return " + code);
        body.putArray("args");
        return send(session + "/execute/sync", body);
    }

    String text(String selector) throws IOException, InterruptedException {
        return script("document.querySelector('" + selector + "')?.textContent ?? ''")
                .asText();
    }

    /** Waits until an expression is true; throws with what the page shows if that takes too long. */
    public void await(String condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!script("!!(" + condition + ")").asBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not true in time: " + condition + "; the page shows\n" + text("body"));
            }
            Thread.sleep(100);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            value(HttpRequest.newBuilder(URI.create(session)).DELETE().build());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    /** Ends the driver, and its browser if that is still open. */
    private void end() {
        driver.descendants().forEach(ProcessHandle::destroy);
        driver.destroy();
    }
}
