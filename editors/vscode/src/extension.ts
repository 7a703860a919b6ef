import * as vscode from 'vscode';
import { DerivationView } from './derivationView';
import { LanguageServer } from './languageServer';
import { nearestProcess, type Lens } from './lenses';
import { NO_PROCESS } from './messages';
import { DERIVE, RUN } from './protocol';
import { installKernel, runScript } from './terminal';

/** Starts the language server and declares the commands. Called when the first script is opened. */
export function activate(context: vscode.ExtensionContext): void {
  const server = new LanguageServer();
  const view = new DerivationView(context.extensionUri, server);
  const command = (name: string, action: (...args: never[]) => Promise<void>) =>
    vscode.commands.registerCommand(name, action);
  context.subscriptions.push(
    server,
    view,
    command(RUN, (script?: string | vscode.Uri) => runScript(typeof script === 'string' ? vscode.Uri.parse(script) : script)),
    command(DERIVE, (script?: string | vscode.Uri, name?: string) => derive(server, view, script, name)),
    command('sde.copyLatex', () => view.copyLatex()),
    command('sde.restart', () => server.restart()),
    command('sde.installKernel', installKernel),
    vscode.workspace.onDidChangeConfiguration(change => {
      if (change.affectsConfiguration('sde.path')) {
        void server.restart();
      }
    }),
  );
  void server.restart();
}

/** Shows the derivation of a named process; without a name, of the process nearest to the cursor. */
async function derive(
  server: LanguageServer,
  view: DerivationView,
  script: string | vscode.Uri | undefined,
  name: unknown,
): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const uri = script?.toString() ?? editor?.document.uri.toString();
  if (uri === undefined) {
    return;
  }
  try {
    const line = editor?.document.uri.toString() === uri ? editor.selection.active.line : 0;
    const wanted = typeof name === 'string' ? name : await named(server, uri, line);
    if (wanted === undefined) {
      void vscode.window.showInformationMessage(NO_PROCESS);
    } else {
      await view.show({ uri, name: wanted });
    }
  } catch (failure) {
    void vscode.window.showErrorMessage((failure as Error).message);
  }
}

async function named(server: LanguageServer, uri: string, line: number): Promise<string | undefined> {
  const lenses = await server.request<Lens[] | null>('textDocument/codeLens', { textDocument: { uri } });
  return nearestProcess(lenses ?? [], line);
}
