package org.sdescript.data.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.sdescript.interrupt.StopRequest;

/** Writes tables by RFC 4180, with line feeds as line ends. */
final class CsvWriting {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();

    private final OutputStream out;

    CsvWriting(OutputStream out) {
        this.out = out;
    }

    void write(Table table) throws IOException {
        Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        CSVPrinter printer = new CSVPrinter(text, FORMAT);
        if (table.named()) {
            printer.printRecord(table.columns());
        }
        for (int row = 0; row < table.rows(); row++) {
            StopRequest.poll();
            for (int column = 0; column < table.width(); column++) {
                printer.print(ShortestDecimal.text(table.at(row, column)));
            }
            printer.println();
        }
        printer.flush();
    }

    void write(List<String> columns, List<List<Object>> rows) throws IOException {
        CSVPrinter printer = new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), FORMAT);
        printer.printRecord(columns);
        for (List<Object> row : rows) {
            StopRequest.poll();
            for (Object cell : row) {
                printer.print(cell instanceof Double number ? ShortestDecimal.text(number) : cell);
            }
            printer.println();
        }
        printer.flush();
    }
}
