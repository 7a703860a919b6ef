import { execFile } from 'node:child_process';
import * as vscode from 'vscode';
import { LanguageClient, State, type StaticFeature } from 'vscode-languageclient/node';
import { program, settings, thisPlatform } from './editor';
import { RETRY, SETTINGS, unusable, NO_SERVER } from './messages';
import { commandLine, examine, type Finished } from './program';

/** Time for the first start of a checkout, which builds sde. */
const EXAMINATION_MS = 15 * 60_000;

/** The client would send a missing token as a second parameter of the request. */
const NEVER = new vscode.CancellationTokenSource().token;

/** `sde.run` and `sde.derive` are commands of this extension; the client would declare them a second time. */
const OWN_COMMANDS: StaticFeature = {
  fillClientCapabilities: () => {},
  preInitialize: capabilities => {
    delete capabilities.executeCommandProvider;
  },
  initialize: () => {},
  getState: () => ({ kind: 'static' }),
  clear: () => {},
};

/** The language server: finds sde, starts it, shows its state beside the language's name. */
export class LanguageServer implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem('sde.status', { language: 'sde' });
  private readonly scripts = vscode.workspace.createFileSystemWatcher('**/*.sde');
  private readonly log = vscode.window.createOutputChannel('sde', { log: true });
  private client: LanguageClient | undefined;
  private turn = Promise.resolve();

  constructor() {
    this.item.name = 'sde';
    this.item.command = { command: 'sde.restart', title: 'Restart' };
  }

  /** Ends the server if it runs, and starts it. Calls follow one another. */
  restart(): Promise<void> {
    this.turn = this.turn.then(async () => {
      await this.stop();
      await this.start();
    });
    return this.turn;
  }

  private async start(): Promise<void> {
    this.show('starting', vscode.LanguageStatusSeverity.Information, true);
    const found = await program();
    if (found === undefined) {
      this.show('not found', vscode.LanguageStatusSeverity.Error);
      return;
    }
    const able = await examine(args => finished(found, args));
    if (able.kind !== 'ready') {
      this.show(able.kind === 'old' ? `${able.version} is too old` : 'does not start', vscode.LanguageStatusSeverity.Error);
      void this.offer(unusable(found, able));
      return;
    }
    await this.connect(found);
  }

  private async connect(found: string): Promise<void> {
    const { command, args, shell } = commandLine(found, ['lsp'], thisPlatform);
    const client = new LanguageClient(
      'sde',
      'sde',
      { command, args, options: { shell } },
      {
        documentSelector: [
          { language: 'sde', scheme: 'file' },
          { language: 'sde', scheme: 'untitled' },
        ],
        synchronize: { fileEvents: this.scripts },
        outputChannel: this.log,
      },
    );
    client.registerFeature(OWN_COMMANDS);
    client.onDidChangeState(({ newState }) => this.showState(client, newState));
    this.client = client;
    try {
      await client.start();
    } catch (failure) {
      this.log.error(String(failure));
      void this.offer(unusable(found, { kind: 'broken', reason: (failure as Error).message }));
    }
  }

  private async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client?.state === State.Running) {
      await client.stop().catch(failure => this.log.error(String(failure)));
    }
  }

  private showState(client: LanguageClient, state: State): void {
    if (client !== this.client) {
      return;
    }
    if (state === State.Running) {
      this.show(client.initializeResult?.serverInfo?.version ?? 'ready', vscode.LanguageStatusSeverity.Information);
    } else {
      const starts = state === State.Starting;
      const severity = starts ? vscode.LanguageStatusSeverity.Information : vscode.LanguageStatusSeverity.Error;
      this.show(starts ? 'starting' : 'stopped', severity, starts);
    }
  }

  private show(text: string, severity: vscode.LanguageStatusSeverity, busy = false): void {
    this.item.text = `sde: ${text}`;
    this.item.severity = severity;
    this.item.busy = busy;
  }

  private async offer(message: string): Promise<void> {
    const chosen = await vscode.window.showErrorMessage(message, SETTINGS, RETRY);
    if (chosen === SETTINGS) {
      await settings();
    } else if (chosen === RETRY) {
      await this.restart();
    }
  }

  /** Sends a request to the running server. */
  async request<T>(method: string, parameters: object, token = NEVER): Promise<T> {
    await this.turn;
    if (this.client?.state !== State.Running) {
      throw new Error(NO_SERVER);
    }
    return this.client.sendRequest<T>(method, parameters, token);
  }

  async dispose(): Promise<void> {
    await this.turn;
    await this.stop();
    this.item.dispose();
    this.scripts.dispose();
    this.log.dispose();
  }
}

function finished(found: string, words: string[]): Promise<Finished> {
  const { command, args, shell } = commandLine(found, words, thisPlatform);
  return new Promise(done => {
    const process = execFile(command, args, { shell, timeout: EXAMINATION_MS }, (_failure, out, err) =>
      done({ status: process.exitCode ?? undefined, output: out + err }),
    );
  });
}
