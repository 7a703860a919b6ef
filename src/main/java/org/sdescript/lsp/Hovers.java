package org.sdescript.lsp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.jspecify.annotations.Nullable;
import org.sdescript.check.Signature;
import org.sdescript.check.StaticValue;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.pipeline.ProcessSummary;
import org.sdescript.syntax.EditorToken;
import org.sdescript.workspace.KnownNames;
import org.sdescript.workspace.ScriptNames;
import org.sdescript.workspace.script.BoundName;
import org.sdescript.workspace.script.LibraryDeclarations;
import org.sdescript.workspace.script.NameTable;
import org.sdescript.workspace.script.ProcessContext;
import org.sdescript.workspace.script.ScriptText;

/** The page of the word under the pointer, and of a process its reverse, flow, transition and prior. */
final class Hovers {
    private final LibraryDeclarations library;
    private final Imports imports;

    Hovers(LibraryDeclarations library, Imports imports) {
        this.library = library;
        this.imports = imports;
    }

    /** Returns the page at an offset in Markdown, null for a place without a page; a process is derived slowly. */
    Workers.Outcome<Hover> at(OpenText text, int offset, Cancellation stop) {
        CursorWord word = CursorWord.at(text, offset).orElse(null);
        if (word == null) {
            return new Workers.Answered<>(null);
        }
        Optional<String> page = page(text, word);
        return process(text, word)
                .<Workers.Outcome<Hover>>map(
                        context -> new Workers.Slow<>(() -> hover(word, page, derived(text, context, stop))))
                .orElseGet(() -> new Workers.Answered<>(hover(word, page, Optional.empty())));
    }

    private static @Nullable Hover hover(CursorWord word, Optional<String> page, Optional<String> process) {
        List<String> parts = Stream.of(page, process).flatMap(Optional::stream).toList();
        return parts.isEmpty()
                ? null
                : new Hover(
                        new MarkupContent(MarkupKind.MARKDOWN, String.join("\n\n---\n\n", parts)),
                        Positions.range(word.span()));
    }

    private Optional<ProcessContext> process(OpenText text, CursorWord word) {
        return word.isField() ? Optional.empty() : ProcessContext.at(text, library, word.span());
    }

    private Optional<String> page(OpenText text, CursorWord word) {
        if (word.isField()) {
            return field(text, word);
        }
        if (word.token().role() != EditorToken.Role.NAME) {
            return text.manual().page(word.text());
        }
        Optional<NameTable.NamedArgument> argument = text.names().arguments().stream()
                .filter(each -> each.place().start() == word.span().start())
                .findFirst();
        return argument.isPresent() ? parameter(text, argument.get()) : name(text, word);
    }

    private Optional<String> name(OpenText text, CursorWord word) {
        String name = word.text();
        int offset = word.span().start();
        Optional<BoundName> bound = text.names().at(offset);
        Optional<LostDeclaration> lost = LostDeclaration.of(text, name);
        if (bound.isEmpty() && lost.isPresent()) {
            return lost.map(LostDeclaration::markdown);
        }
        boolean declared = bound.flatMap(BoundName::node).stream()
                .anyMatch(node -> node instanceof org.sdescript.ast.Statement.Declaration
                        || node instanceof org.sdescript.ast.Statement.SdeDeclaration
                        || node instanceof org.sdescript.ast.Statement.Param);
        if (declared || bound.isEmpty() && !text.analysis().binds(name, offset)) {
            return text.manual().page(name);
        }
        return imports.page(text, name)
                .filter(page -> bound.isEmpty())
                .or(() -> bound.filter(
                                its -> its.role() == BoundName.Role.RESERVED || its.role() == BoundName.Role.STATE)
                        .flatMap(its -> text.manual().page(name)))
                .or(() -> Optional.of(code(described(text.namesAt(offset), name, bound))));
    }

    private static String described(ScriptNames names, String name, Optional<BoundName> bound) {
        String about = names.about(name);
        String written = bound.filter(its -> its.role() == BoundName.Role.PARAMETER)
                .flatMap(BoundName::node)
                .map(node -> "parameter " + node.span().text())
                .orElse(name);
        return about.isEmpty() ? written : written + ": " + about;
    }

    private static Optional<String> parameter(OpenText text, NameTable.NamedArgument argument) {
        return ScriptText.path(argument.callee())
                .flatMap(path -> text.namesAt(argument.place().start()).known(path))
                .flatMap(StaticValue::signature)
                .flatMap(signature -> signature.slots().stream()
                        .filter(slot -> slot.name().equals(argument.name()))
                        .findFirst()
                        .map(slot -> code(described(signature, slot))));
    }

    private static String described(Signature signature, Signature.Slot slot) {
        String wanted = slot.wanted().words();
        return slot.written() + (wanted.isEmpty() ? "" : "  # " + wanted) + "\n\n"
                + signature.kind().word() + " " + signature.name() + signature.shown();
    }

    private Optional<String> field(OpenText text, CursorWord word) {
        return imports.page(text, word.path()).or(() -> text.namesAt(word.span().start()).fields(word.owner()).stream()
                .filter(field -> field.name().equals(word.text()))
                .map(KnownNames.KnownField::about)
                .filter(about -> !about.isEmpty())
                .map(about -> "`." + word.text() + "`: " + about)
                .findFirst());
    }

    private static Optional<String> derived(OpenText text, ProcessContext process, Cancellation stop) {
        try {
            return ProcessTexts.summary(text, process, stop).map(Hovers::markdown);
        } catch (SdeError wrong) {
            return Optional.empty(); // the diagnostics of the script show it
        }
    }

    /** The parts of a process in a block of code, each under its name. */
    static String markdown(ProcessSummary summary) {
        return code(summary.lines().stream()
                .map(line -> "# " + line.what() + (line.refused() ? " (none)" : "") + "\n" + line.text())
                .collect(Collectors.joining("\n")));
    }

    private static String code(String text) {
        return "```sde\n" + text + "\n```";
    }
}
