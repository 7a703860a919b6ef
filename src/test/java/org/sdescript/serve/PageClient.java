package org.sdescript.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A page without a browser: one tab that sends requests and reads its events. */
final class PageClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param id the event's number */
    record Event(long id, String type, JsonNode data) {
        String text() {
            return data.path("text").asText();
        }

        boolean ends() {
            return type.equals("run") && !data.path("state").asText().equals("running");
        }
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;
    private final String tab;

    PageClient(String address) throws IOException, InterruptedException {
        this.address = address;
        this.tab = body(post("tabs", object())).path("tab").asText();
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static JsonNode body(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, JsonNode body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    String path(String what) {
        return "tabs/" + tab + "/" + what;
    }

    HttpResponse<String> send(String what, ObjectNode body) throws IOException, InterruptedException {
        return post(path(what), body);
    }

    JsonNode ask(String what, String text) throws IOException, InterruptedException {
        return body(send(what, object().put("text", text)));
    }

    JsonNode derive(String text, Map<String, String> parameters) throws IOException, InterruptedException {
        return body(send("derive", request(text, parameters))).path("processes");
    }

    private static ObjectNode request(String text, Map<String, String> parameters) {
        ObjectNode request = object().put("text", text);
        parameters.forEach(request.putObject("parameters")::put);
        return request;
    }

    void start(String text, Map<String, String> parameters, boolean continues)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = send("run", request(text, parameters).put("continues", continues));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
    }

    /** Runs a script and returns its events, to the end of the run. */
    List<Event> run(String text) throws IOException, InterruptedException {
        start(text, Map.of(), false);
        return events(0);
    }

    List<Event> run(String text, Map<String, String> parameters) throws IOException, InterruptedException {
        start(text, parameters, false);
        return events(0);
    }

    /** Returns the events after an id, to the end of the run. */
    List<Event> events(long after) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path("events")))
                .header("Last-Event-ID", String.valueOf(after))
                .build();
        List<Event> events = new ArrayList<>();
        try (InputStream in = client.send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            long id = 0;
            String type = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = Long.parseLong(line.substring(4));
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(id, type, JSON.readTree(line.substring(6))));
                    if (events.getLast().ends()) {
                        return events;
                    }
                }
            }
        }
        return events;
    }
}
