/** Finds and examines the program `sde`. */

import * as path from 'node:path';

/** What the search reads of the machine. */
export interface Machine {
  platform: NodeJS.Platform;
  home: string;
  env: Readonly<Record<string, string | undefined>>;
  /** the folders that are open in the editor */
  folders: readonly string[];
  isProgram(file: string): boolean;
}

/** A command line. Its words are quoted if a shell reads them. */
export interface CommandLine {
  command: string;
  args: string[];
  shell: boolean;
}

/** The result of a finished process; the status is undefined if the process could not be started. */
export interface Finished {
  status: number | undefined;
  output: string;
}

/** What the program can do. */
export type Examined =
  | { kind: 'ready' }
  | { kind: 'old'; version: string }
  | { kind: 'broken'; reason: string };

/** Returns the absolute path of the program that the setting `sde.path` names; undefined if there is none. */
export function findProgram(setting: string, machine: Machine): string | undefined {
  const system = machine.platform === 'win32' ? path.win32 : path.posix;
  const wanted = expanded(setting.trim() || 'sde', machine);
  return places(wanted, machine, system)
    .flatMap(place => endings(place, machine, system))
    .find(machine.isProgram);
}

function expanded(setting: string, machine: Machine): string {
  const home = /^~(?=[\\/])/.test(setting) ? machine.home + setting.slice(1) : setting;
  return home.replace('${workspaceFolder}', () => machine.folders[0] ?? '${workspaceFolder}');
}

function places(wanted: string, machine: Machine, system: path.PlatformPath): string[] {
  if (system.isAbsolute(wanted)) {
    return [system.normalize(wanted)];
  }
  if (wanted !== system.basename(wanted)) {
    return machine.folders.map(folder => system.join(folder, wanted));
  }
  return searchPath(machine)
    .split(system.delimiter)
    .filter(folder => system.isAbsolute(folder))
    .map(folder => system.join(folder, wanted));
}

/** Windows writes the name of this variable in several ways. */
function searchPath(machine: Machine): string {
  const name = Object.keys(machine.env).find(each => each.toUpperCase() === 'PATH');
  return (name && machine.env[name]) || '';
}

function endings(place: string, machine: Machine, system: path.PlatformPath): string[] {
  return machine.platform === 'win32' && system.extname(place) === ''
    ? ['.exe', '.bat', '.cmd'].map(ending => place + ending)
    : [place];
}

/** Returns the command line that runs the program; a batch file of Windows needs a shell. */
export function commandLine(program: string, args: readonly string[], platform: NodeJS.Platform): CommandLine {
  const shell = platform === 'win32' && /\.(bat|cmd)$/i.test(program);
  const word = (each: string) => (shell && /[\s&()^]/.test(each) ? `"${each}"` : each);
  return { command: word(program), args: args.map(word), shell };
}

/** Returns what the program can do, found by running it. A program without `lsp` that knows its version is too old. */
export async function examine(run: (args: string[]) => Promise<Finished>): Promise<Examined> {
  const server = await run(['lsp', '--help']);
  if (server.status === 0) {
    return { kind: 'ready' };
  }
  const asked = await run(['--version']);
  const version = asked.status === 0 ? asked.output.match(/\bsde (\d+(?:\.\d+)+\S*)/)?.[1] : undefined;
  return version === undefined ? { kind: 'broken', reason: reason(asked) } : { kind: 'old', version };
}

function reason(finished: Finished): string {
  const line = finished.output.split('\n').find(each => each.trim() !== '');
  return line?.trim() ?? (finished.status === undefined ? 'it does not start' : `status ${finished.status}`);
}
