import * as vscode from 'vscode';
import { derivationPage, type Content } from './derivationPage';
import type { LanguageServer } from './languageServer';
import { DERIVATION, type DerivationAnswer, type DerivationQuery } from './protocol';

/** A pause after the last key, so that a derivation is not computed for each letter. */
const PAUSE_MS = 300;

/** The derivation of one process, beside its script. The view follows the script as it changes. */
export class DerivationView implements vscode.Disposable {
  private readonly changes = vscode.workspace.onDidChangeTextDocument(change => this.changed(change.document));
  private panel: vscode.WebviewPanel | undefined;
  private query: DerivationQuery | undefined;
  private content: Content = { title: '', html: '', note: '' };
  private latex = '';
  private timer: NodeJS.Timeout | undefined;
  private running: vscode.CancellationTokenSource | undefined;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly server: LanguageServer,
  ) {}

  /** Shows the derivation of a process; the keyboard stays in the script. */
  async show(query: DerivationQuery): Promise<void> {
    if (this.query?.uri !== query.uri || this.query.name !== query.name) {
      this.content = { title: `Derivation of ${query.name}`, html: '', note: '' };
      this.latex = '';
    }
    this.query = query;
    this.panel ??= this.opened();
    this.panel.reveal(undefined, true);
    await this.update();
  }

  /** Puts the derivation on the clipboard, as a document of LaTeX, once there is one. */
  async copyLatex(): Promise<void> {
    if (this.latex === '') {
      return;
    }
    await vscode.env.clipboard.writeText(this.latex);
    vscode.window.setStatusBarMessage('The derivation is on the clipboard.', 3000);
  }

  private opened(): vscode.WebviewPanel {
    const media = vscode.Uri.joinPath(this.extension, 'media');
    const panel = vscode.window.createWebviewPanel(
      'sde.derivation',
      'Derivation',
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [media], enableFindWidget: true },
    );
    panel.iconPath = vscode.Uri.joinPath(media, 'icon.png');
    panel.webview.onDidReceiveMessage(() => this.send()); // the page was loaded
    panel.onDidDispose(() => this.closed());
    const address = (file: string) => panel.webview.asWebviewUri(vscode.Uri.joinPath(media, file)).toString();
    panel.webview.html = derivationPage({
      origin: panel.webview.cspSource,
      style: address('derivation.css'),
      script: address('derivation.js'),
    });
    return panel;
  }

  private closed(): void {
    this.panel = undefined;
    this.query = undefined;
    clearTimeout(this.timer);
    this.running?.cancel();
  }

  private changed(script: vscode.TextDocument): void {
    if (script.uri.toString() === this.query?.uri) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.update(), PAUSE_MS);
    }
  }

  private async update(): Promise<void> {
    const query = this.query;
    if (query === undefined) {
      return;
    }
    this.running?.cancel();
    const running = new vscode.CancellationTokenSource();
    this.running = running;
    try {
      const answer = await this.server.request<DerivationAnswer>(DERIVATION, query, running.token);
      if (running === this.running) {
        this.latex = answer.latex;
        this.content = { title: `Derivation of ${answer.name}`, html: answer.mathml, note: '' };
      }
    } catch (failure) {
      if (running === this.running) {
        this.content = { ...this.content, note: (failure as Error).message };
      }
    } finally {
      running.dispose();
      this.running = running === this.running ? undefined : this.running;
    }
    this.send();
  }

  private send(): void {
    if (this.panel !== undefined) {
      this.panel.title = this.content.title;
      void this.panel.webview.postMessage(this.content);
    }
  }

  dispose(): void {
    this.changes.dispose();
    this.panel?.dispose();
  }
}
