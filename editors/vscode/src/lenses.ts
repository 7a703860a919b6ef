/** Reads the code lenses of the language server. */

import { DERIVE } from './protocol';

/** The parts of a code lens that are read here. */
export interface Lens {
  range: { start: { line: number } };
  command?: { command: string; arguments?: unknown[] };
}

/** Returns the name of the process that is declared at a line or nearest above it; else the first; undefined if there is none. */
export function nearestProcess(lenses: readonly Lens[], line: number): string | undefined {
  const processes = lenses
    .filter(lens => lens.command?.command === DERIVE)
    .map(lens => ({ line: lens.range.start.line, name: String(lens.command?.arguments?.[1]) }))
    .sort((one, other) => one.line - other.line);
  return (processes.filter(each => each.line <= line).at(-1) ?? processes[0])?.name;
}
