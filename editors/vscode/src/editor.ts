/** What the editor says of the machine, and of where sde is. */

import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { missing, SETTINGS } from './messages';
import { findProgram } from './program';

export const thisPlatform = process.platform;

/** Opens the settings of the extension. */
export async function settings(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', 'sde.path');
}

/** Returns the path of sde; if there is none, says so with a way out and returns undefined. */
export async function program(): Promise<string | undefined> {
  const setting = vscode.workspace.getConfiguration('sde').get('path', 'sde');
  const found = findProgram(setting, {
    platform: thisPlatform,
    home: homedir(),
    env: process.env,
    folders: trustedFolders(),
    isProgram,
  });
  if (found === undefined) {
    void vscode.window
      .showErrorMessage(missing(setting), SETTINGS)
      .then(chosen => (chosen === SETTINGS ? settings() : undefined));
  }
  return found;
}

/** Programs in folders that the user does not trust are not started. */
function trustedFolders(): string[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter(folder => vscode.workspace.isTrusted && folder.uri.scheme === 'file')
    .map(folder => folder.uri.fsPath);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
