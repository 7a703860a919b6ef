package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.sdescript.Script;
import org.sdescript.source.Source;

class DiagnosticsAsJsonTest {
    @Test
    void an_error_has_its_place_and_its_way_out() throws JsonProcessingException {
        Source script = new Source("a.sde", "x = 1\nprint(x, pritn)\n");
        JsonNode error = new ObjectMapper()
                .readTree(DiagnosticsAsJson.of(Script.PIPELINE.check(script)))
                .get(0);

        assertThat(error.get("code").asText()).isEqualTo("E0301");
        assertThat(error.get("severity").asText()).isEqualTo("error");
        assertThat(error.get("file").asText()).isEqualTo("a.sde");
        assertThat(error.get("line").asInt()).isEqualTo(2);
        assertThat(error.get("column").asInt()).isEqualTo(10);
        assertThat(error.get("endColumn").asInt()).isEqualTo(15);
        assertThat(error.get("help").asText()).isEqualTo("did you mean `print`?");
    }

    @Test
    void no_errors_are_an_empty_array() throws JsonProcessingException {
        assertThat(new ObjectMapper().readTree(DiagnosticsAsJson.of(java.util.List.of())))
                .isEmpty();
    }
}
