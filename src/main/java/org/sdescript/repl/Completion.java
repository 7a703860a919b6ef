package org.sdescript.repl;

import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.sdescript.workspace.CompletionCandidates;
import org.sdescript.workspace.CompletionContext;
import org.sdescript.workspace.Workspace;

/** Passes the completions at the cursor to JLine. */
final class Completion implements Completer {
    private final Workspace workspace;

    Completion(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        CompletionContext spot = CompletionContext.of(line.line().substring(0, line.cursor()));
        List<CompletionCandidates.Offer> offers = new CompletionCandidates(workspace).at(spot);
        for (int i = 0; i < offers.size(); i++) {
            CompletionCandidates.Offer offer = offers.get(i);
            String about = offer.about().isEmpty() ? null : offer.about();
            candidates.add(new Candidate(offer.text(), offer.shown(), null, about, null, null, offer.closed(), i));
        }
    }
}
