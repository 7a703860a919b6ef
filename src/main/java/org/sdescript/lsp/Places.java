package org.sdescript.lsp;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.PrepareRenameResult;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.sdescript.ast.Children;
import org.sdescript.ast.Differentials;
import org.sdescript.ast.Statement;
import org.sdescript.check.Signature;
import org.sdescript.check.StaticValue;
import org.sdescript.source.Span;
import org.sdescript.syntax.EditorToken;
import org.sdescript.workspace.script.BoundName;
import org.sdescript.workspace.script.LibraryDeclarations;
import org.sdescript.workspace.script.NameTable;
import org.sdescript.workspace.script.ScriptText;

/** Where names are declared, read and renamed. */
final class Places {
    /** The names that an sde has by itself. */
    private static final Set<String> MEANT = Set.of("t", "dt", "dw", "prior", "start", "noise");

    private final LibraryDeclarations library;
    private final LibraryFiles files;
    private final Imports imports;

    /** @param files the library as files that an editor can open */
    Places(LibraryDeclarations library, LibraryFiles files, Imports imports) {
        this.library = library;
        this.files = files;
        this.imports = imports;
    }

    /** The places that bind the name at an offset: in the script, in an imported file, or in the library. */
    List<Location> definitions(OpenText text, int offset) {
        Optional<Path> imported = Children.all(text.analysis().program())
                .filter(Statement.Import.class::isInstance)
                .map(Statement.Import.class::cast)
                .filter(module -> module.span().start() <= offset
                        && offset <= module.span().end())
                .findFirst()
                .flatMap(imports::file);
        if (imported.isPresent()) {
            return List.of(new Location(uri(imported.get()), Positions.range(start())));
        }
        return CursorWord.at(text, offset).stream()
                .flatMap(word -> declared(text, word))
                .map(place -> location(text, place))
                .toList();
    }

    private static Span start() {
        return new org.sdescript.source.Source("", "").span(0, 0);
    }

    private Stream<Span> declared(OpenText text, CursorWord word) {
        int offset = word.span().start();
        if (word.isField()) {
            return imports.place(text, word.path()).stream();
        }
        Optional<BoundName> bound = own(text, word);
        if (bound.isPresent()) {
            return bound.get().bindings().stream();
        }
        Optional<NameTable.NamedArgument> argument = text.names().arguments().stream()
                .filter(each -> each.place().start() == offset)
                .findFirst();
        if (argument.isPresent()) {
            return parameter(text, argument.get()).stream();
        }
        return LostDeclaration.of(text, word.text())
                .map(LostDeclaration::place)
                .or(() -> imports.place(text, word.path()))
                .or(() -> library.place(word.text()))
                .stream();
    }

    /** The place of a parameter of a library's callable. */
    private Optional<Span> parameter(OpenText text, NameTable.NamedArgument argument) {
        return ScriptText.path(argument.callee())
                .flatMap(path -> text.namesAt(argument.place().start()).known(path))
                .flatMap(StaticValue::signature)
                .map(Signature::name)
                .flatMap(library::place);
    }

    private Location location(OpenText text, Span place) {
        if (place.source() == text.source()) {
            return new Location(text.uri(), Positions.range(place));
        }
        Path file = library.contains(place.source())
                ? files.file(place.source())
                : Path.of(place.source().name());
        return new Location(uri(file), Positions.range(place));
    }

    private static String uri(Path file) {
        return file.toAbsolutePath().toUri().toString();
    }

    /** The places of the name at an offset in the script. */
    List<Location> references(OpenText text, int offset, boolean withBindings) {
        return places(text, offset, withBindings).stream()
                .map(place -> new Location(text.uri(), Positions.range(place)))
                .toList();
    }

    /** The places that bind or read the name at an offset, in the order of the text. */
    static List<Span> places(OpenText text, int offset, boolean withBindings) {
        Optional<BoundName> bound =
                text.names().at(offset).or(() -> CursorWord.at(text, offset).flatMap(word -> own(text, word)));
        Stream<Span> found = bound.isPresent()
                ? withBindings ? bound.get().places() : bound.get().reads().stream()
                : text.names().free().values().stream()
                        .filter(places ->
                                places.stream().anyMatch(place -> place.start() <= offset && offset <= place.end()))
                        .flatMap(List::stream);
        return found.sorted(Comparator.comparingInt(Span::start)).toList();
    }

    /** The range and the present text of the name to rename. Throws the reason for which a name cannot be renamed. */
    PrepareRenameResult renamable(OpenText text, int offset) {
        CursorWord word = CursorWord.at(text, offset).orElseThrow(() -> Workers.failed("there is no name here"));
        BoundName bound = requireOwn(text, word);
        Span place = bound.places()
                .filter(each -> word.span().start() <= each.start()
                        && each.end() <= word.span().end())
                .findFirst()
                .orElse(word.span());
        return new PrepareRenameResult(Positions.range(place), bound.name());
    }

    private BoundName requireOwn(OpenText text, CursorWord word) {
        if (text.analysis().parsed().hasErrors()) {
            throw Workers.failed("a script with syntax errors cannot be renamed in: mend them first");
        }
        Optional<BoundName> bound = own(text, word);
        if (bound.isPresent() && bound.get().role() != BoundName.Role.RESERVED) {
            return bound.get();
        }
        throw Workers.failed(reason(text, word, bound.isPresent()));
    }

    /** The name of a word; of a differential such as {@code dx} the state. */
    private static Optional<BoundName> own(OpenText text, CursorWord word) {
        Optional<BoundName> bound = text.names().at(word.span().start());
        return bound.isPresent() || !Differentials.isPossible(word.text())
                ? bound
                : text.names().at(word.span().start() + 1).filter(name -> name.role() == BoundName.Role.STATE);
    }

    private String reason(OpenText text, CursorWord word, boolean reserved) {
        String name = "`" + word.text() + "`";
        if (word.token().role() != EditorToken.Role.NAME) {
            return name + " is a word of the language";
        }
        if (word.isField()) {
            return name + " is a field, whose name its value decides";
        }
        if (reserved) {
            return name + " has its meaning in the body of an sde by this name";
        }
        return imports.place(text, word.path())
                .map(place -> name + " is declared in " + place.source().name() + ": rename it there")
                .orElse(
                        library.place(word.text()).isPresent()
                                        || text.analysis().library().names().contains(word.text())
                                ? name + " is a name of the library"
                                : name + " is not declared in this script");
    }

    /** The changes that give the name at an offset another name. Throws if the new name is taken or is no name. */
    WorkspaceEdit renamed(OpenText text, int offset, String name) {
        CursorWord word = CursorWord.at(text, offset).orElseThrow(() -> Workers.failed("there is no name here"));
        BoundName bound = requireOwn(text, word);
        requireFree(text, bound, name);
        List<TextEdit> edits = new ArrayList<>();
        bound.places()
                .sorted(Comparator.comparingInt(Span::start))
                .forEach(place -> edits.add(new TextEdit(Positions.range(place), name)));
        return new WorkspaceEdit(Map.of(text.uri(), edits));
    }

    private static void requireFree(OpenText text, BoundName bound, String name) {
        List<EditorToken> tokens = EditorToken.of(name);
        if (tokens.size() != 1 || tokens.getFirst().role() != EditorToken.Role.NAME) {
            throw Workers.failed(
                    "`" + name + "` is no name: a name has letters, digits and `_`, and begins with no digit");
        }
        boolean taken = text.names().bound().stream()
                .filter(other -> other != bound && other.name().equals(name))
                .anyMatch(other -> overlap(other.scope(), bound.scope()));
        if (taken) {
            throw Workers.failed("`" + name + "` is bound in this place already");
        }
        if (hasMeaning(text, bound, name)) {
            throw Workers.failed("`" + name + "` has a meaning of its own in the body of an sde");
        }
        Set<Integer> readFree = new java.util.HashSet<>();
        text.names().free().getOrDefault(name, List.of()).stream()
                .filter(place -> overlap(place, bound.scope()))
                .forEach(place -> readFree.add(place.line()));
        if (!readFree.isEmpty()) {
            throw Workers.failed("`" + name + "` is read on line "
                    + readFree.iterator().next() + " and would mean the renamed value there");
        }
    }

    /** True for {@code dw} and the like, and for a state whose differential is a noise, where the name is in an sde. */
    private static boolean hasMeaning(OpenText text, BoundName bound, String name) {
        boolean isInside = Children.all(text.analysis().program())
                .filter(Statement.SdeDeclaration.class::isInstance)
                .anyMatch(declared -> bound.places().anyMatch(place -> overlap(place, declared.span())));
        return isInside && (MEANT.contains(name) || bound.role() == BoundName.Role.STATE && MEANT.contains("d" + name));
    }

    private static boolean overlap(Span left, Span right) {
        return left.start() < right.end() && right.start() < left.end();
    }
}
