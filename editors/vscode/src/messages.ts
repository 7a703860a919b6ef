/** The sentences that the extension shows. */

import type { Examined } from './program';

export const SETTINGS = 'Open Settings';
export const RETRY = 'Try Again';

/** The program that the setting names does not exist. */
export function missing(setting: string): string {
  const wanted = setting.trim() || 'sde';
  const where = /[\\/]/.test(wanted) ? `There is no program ${wanted}.` : `There is no program ${wanted} on the PATH.`;
  return `${where} Install sde, or set sde.path to the program.`;
}

/** The program exists but serves no editor. */
export function unusable(program: string, found: Exclude<Examined, { kind: 'ready' }>): string {
  switch (found.kind) {
    case 'old':
      return `sde ${found.version} (${program}) has no language server. Install a newer sde, or set sde.path to one.`;
    case 'broken':
      return `${program} could not be started: ${found.reason.replace(/\.$/, '')}. Repair it, or set sde.path to another sde.`;
  }
}

export const NO_PROCESS = 'This script declares no process: write sde NAME { … } first.';
export const NO_SERVER = 'The language server of sde is not running.';
