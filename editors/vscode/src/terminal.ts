import * as path from 'node:path';
import * as vscode from 'vscode';
import { program } from './editor';

/** Saves a script and runs it in a terminal, in the folder of the script. */
export async function runScript(script: vscode.Uri | undefined): Promise<void> {
  const wanted = script ?? vscode.window.activeTextEditor?.document.uri;
  const file = wanted && (await saved(wanted));
  if (file) {
    await inTerminal(`run ${path.basename(file.fsPath)}`, ['run', file.fsPath], path.dirname(file.fsPath));
  }
}

/** Makes the kernel of notebooks known to Jupyter. */
export function installKernel(): Promise<void> {
  return inTerminal('install the notebook kernel', ['jupyter', 'install']);
}

/** Returns the file on the disk; undefined if the user gave up to save the script. */
async function saved(script: vscode.Uri): Promise<vscode.Uri | undefined> {
  const open = vscode.workspace.textDocuments.find(each => each.uri.toString() === script.toString());
  return open?.isDirty || open?.isUntitled ? vscode.workspace.save(script) : script;
}

async function inTerminal(name: string, args: string[], cwd?: string): Promise<void> {
  const found = await program();
  if (found === undefined) {
    return;
  }
  const quoted = (value: string) => ({ value, quoting: vscode.ShellQuoting.Strong });
  const line = new vscode.ShellExecution(quoted(found), args.map(quoted), cwd === undefined ? {} : { cwd });
  const task = new vscode.Task({ type: 'sde', name }, vscode.TaskScope.Global, name, 'sde', line, []);
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, panel: vscode.TaskPanelKind.Shared, clear: true };
  await vscode.tasks.executeTask(task);
}
