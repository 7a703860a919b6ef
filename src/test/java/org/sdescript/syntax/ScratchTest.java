package org.sdescript.syntax;
import org.junit.jupiter.api.Test;
import org.sdescript.source.Source;
import org.sdescript.diagnostic.Renderer;
import java.nio.file.*;
class ScratchTest {
  @Test void all() throws Exception {
    try (var files = Files.list(Path.of("src/test/resources/language"))) {
      for (Path p : files.sorted().toList()) {
        var r = Parser.parse(new Source(p.getFileName().toString(), Files.readString(p)));
        System.out.println("== " + p + " " + r.program().statements().size());
        r.diagnostics().forEach(d -> System.out.println(new Renderer(false).render(d)));
        
      }
    }
    try { for (int n : new int[]{100, 300, 1000}) {
      var r = Parser.parse(new Source("deep", "x = " + "(".repeat(n) + "1" + ")".repeat(n)));
      System.out.println(n + " " + r.diagnostics().size());
      r = Parser.parse(new Source("deep", "x = " + "[f(".repeat(n/2) + "1" + ")]".repeat(n/2)));
      r = Parser.parse(new Source("deep", "x = " + "if a then ".repeat(n/2) + "1" + " else 2".repeat(n/2)));
      System.out.println(n + " " + r.diagnostics().size());
    }
    } catch (StackOverflowError e) { var st = e.getStackTrace(); for (int i = 0; i < 40; i++) System.out.println(st[st.length - 1 - i - 900 < 0 ? i : i + 60]); }
    String text = Files.readString(Path.of("src/test/resources/language/quickstart.sde"));
    for (int i = 0; i < 300; i++) { long t0 = System.nanoTime(); Parser.parse(new Source("q", text)); long t = System.nanoTime() - t0; if (i % 50 == 49 || i == 0) System.out.println(t / 1000 + " us"); }
  }
}
