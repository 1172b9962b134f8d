import * as vscode from 'vscode';
import type { LogLine } from '../logs/line.ts';
import type { Logs } from '../logs/logs.ts';
import type { FromPage, ToPage } from '../logs/protocol.ts';
import type { LogListener, LogSession } from '../logs/session.ts';
import { fileNameFor, logText } from '../logs/text.ts';

/** The log panel's view: hands a session to the page, and what the page asks to the editor. */
export interface LogPanel {
  /** Brings a log into sight. */
  show(session: LogSession): void;
  dispose(): void;
}

// So many lines cross to the page in one message: a reader sees the first while the others come.
const portion = 5000;

export function registerLogPanel(extension: vscode.Uri, logs: () => Logs, choose: () => void): LogPanel {
  let view: vscode.WebviewView | undefined;
  let ready = false;
  let session: LogSession | undefined;
  let stop: (() => void) | undefined;
  /** The next line that the page has not got. */
  let next = 0;

  const post = (message: ToPage): void => {
    void view?.webview.postMessage(message);
  };
  const send = (lines: readonly LogLine[]): void => {
    if (session && lines.length) post({ type: 'lines', log: session.head.log, lines });
  };
  const catchUp = (): void => {
    if (!session || !ready || !view?.visible) return;
    let lines: LogLine[] = [];
    for (const line of session.lines.from(next)) {
      if (lines.push(line) < portion) continue;
      send(lines);
      lines = [];
    }
    send(lines);
    next = session.lines.next;
  };
  const listener: LogListener = {
    head: (head) => {
      if (ready) post({ type: 'head', head });
    },
    lines: catchUp,
    open: (lines) => {
      if (session && ready && view?.visible) post({ type: 'open', log: session.head.log, lines });
    },
    cleared: (from) => {
      next = from;
      if (session && ready) post({ type: 'cleared', log: session.head.log, next: from });
    },
  };
  const begin = (): void => {
    if (!ready) return;
    next = 0;
    if (session) {
      post({ type: 'head', head: session.head });
      catchUp();
    }
  };

  const answer = async (message: FromPage): Promise<void> => {
    switch (message.type) {
      case 'ready':
        ready = true;
        begin();
        break;
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        vscode.window.setStatusBarMessage(`Copied the ${message.what}`, 3000);
        break;
      case 'save':
        if (session) await save(session, message);
        break;
      case 'clear':
        session?.clear();
        break;
      case 'choose':
        choose();
        break;
      case 'explain': {
        const meaning = logs().meaning(message.seq);
        if (meaning) post({ type: 'explained', seq: message.seq, ...meaning });
        break;
      }
    }
  };

  const provider: vscode.WebviewViewProvider = {
    resolveWebviewView(resolved) {
      view = resolved;
      ready = false;
      const { webview } = resolved;
      webview.options = {
        enableScripts: true,
        localResourceRoots: [vscode.Uri.joinPath(extension, 'dist'), vscode.Uri.joinPath(extension, 'media')],
      };
      webview.onDidReceiveMessage((message: FromPage) => void answer(message));
      resolved.onDidChangeVisibility(catchUp);
      resolved.onDidDispose(() => {
        view = undefined;
        ready = false;
      });
      webview.html = page(webview, extension);
    },
  };
  const registered = vscode.window.registerWebviewViewProvider('mlContainers.logs', provider, {
    webviewOptions: { retainContextWhenHidden: true },
  });

  return {
    show(shown) {
      if (shown !== session) {
        stop?.();
        session = shown;
        stop = shown.listen(listener);
        begin();
      }
      // The view's own command brings it into sight wherever it was moved, without taking the keyboard.
      if (view) view.show(true);
      else void vscode.commands.executeCommand('mlContainers.logs.focus', { preserveFocus: true });
    },
    dispose() {
      stop?.();
      registered.dispose();
    },
  };
}

async function save(session: LogSession, options: Extract<FromPage, { type: 'save' }>): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = fileNameFor(session.head.title, new Date());
  const target = await vscode.window.showSaveDialog({
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
    filters: { Log: ['log', 'txt'] },
  });
  if (!target) return;
  session.flush();
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(logText(session.lines.from(0), session.head.sources, options)));
  const open = 'Open';
  if ((await vscode.window.showInformationMessage(`Saved ${target.path.replace(/^.*\//, '')}.`, open)) === open)
    await vscode.window.showTextDocument(target);
}

function page(webview: vscode.Webview, extension: vscode.Uri): string {
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const uri = (...path: string[]): string => webview.asWebviewUri(vscode.Uri.joinPath(extension, ...path)).toString();
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'">
  <link rel="stylesheet" href="${uri('media', 'logPanel.css')}">
  <title>Container logs</title>
</head>
<body>
  <script nonce="${nonce}" src="${uri('dist', 'logPanel.js')}"></script>
</body>
</html>`;
}
