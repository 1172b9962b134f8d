import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { cache } from '../bed/shell.ts';

// What colours Dockerfiles before the language server has started: tried with the engine and the grammars of a VS Code, where one is installed.

interface Grammar {
  tokenizeLine(
    line: string,
    stack: unknown,
  ): { readonly tokens: readonly { startIndex: number; endIndex: number; scopes: readonly string[] }[]; ruleStack: unknown };
}
interface TextMate {
  readonly INITIAL: unknown;
  readonly Registry: new (options: unknown) => { loadGrammar(scope: string): Promise<Grammar | null> };
  readonly parseRawGrammar: (text: string, path: string) => unknown;
}
interface Oniguruma {
  readonly loadWASM: (bytes: Buffer) => Promise<void>;
  readonly OnigScanner: new (patterns: readonly string[]) => unknown;
  readonly OnigString: new (text: string) => unknown;
}

const inside = 'node_modules/code-server/lib/vscode';
const code = (existsSync(cache) ? readdirSync(cache) : [])
  .filter((name) => name.startsWith('code-server-'))
  .map((name) => join(cache, name, inside))
  .find((folder) => existsSync(join(folder, 'node_modules/vscode-textmate')) && existsSync(join(folder, 'extensions/docker')));

const grammars: Readonly<Record<string, string>> = {
  'source.dockerfile': 'docker/syntaxes/docker.tmLanguage.json',
  'source.shell': 'shellscript/syntaxes/shell-unix-bash.tmLanguage.json',
  'source.python': 'python/syntaxes/MagicPython.tmLanguage.json',
  'source.json': 'json/syntaxes/JSON.tmLanguage.json',
};

test(
  'shell, JSON and heredocs are coloured as such, and end where they end',
  { skip: code === undefined && 'no VS Code is installed here' },
  async () => {
    assert.ok(code);
    const load = createRequire(join(code, 'package.json'));
    const textMate = load('vscode-textmate') as TextMate;
    const oniguruma = load('vscode-oniguruma') as Oniguruma;
    await oniguruma.loadWASM(readFileSync(join(code, 'node_modules/vscode-oniguruma/release/onig.wasm')));
    const registry = new textMate.Registry({
      onigLib: Promise.resolve({
        createOnigScanner: (patterns: readonly string[]) => new oniguruma.OnigScanner(patterns),
        createOnigString: (text: string) => new oniguruma.OnigString(text),
      }),
      loadGrammar: (scope: string) => {
        const path = scope === 'mlContainers.dockerfile' ? 'syntaxes/dockerfile.json' : join(code, 'extensions', grammars[scope] ?? '');
        return Promise.resolve(
          grammars[scope] === undefined && scope !== 'mlContainers.dockerfile'
            ? null
            : textMate.parseRawGrammar(readFileSync(path, 'utf8'), path),
        );
      },
      getInjections: (scope: string) => (scope === 'source.dockerfile' ? ['mlContainers.dockerfile'] : undefined),
    });
    const grammar = await registry.loadGrammar('source.dockerfile');
    assert.ok(grammar);
    const scopesOf = (text: string): ReadonlyMap<string, string> => {
      const found = new Map<string, string>();
      let stack = textMate.INITIAL;
      for (const line of text.split('\n')) {
        const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
        for (const { startIndex, endIndex, scopes } of tokens) found.set(line.slice(startIndex, endIndex).trim(), scopes.join(' '));
        stack = ruleStack;
      }
      return found;
    };
    const expect = (text: string, scopes: Readonly<Record<string, RegExp>>): void => {
      const found = scopesOf(text);
      for (const [part, scope] of Object.entries(scopes)) assert.match(found.get(part) ?? '', scope, `${part} of ${text}`);
    };
    const outside = /^source\.dockerfile(?! meta)/;

    expect('RUN --network=none apt-get update \\\n  # why\n\n  && if x; then y; fi\nUSER app', {
      '--network': /variable\.parameter\.flag/,
      'apt-get': /inline\.shell.*entity\.name\.command/,
      '# why': /comment\.line/,
      '&&': /inline\.shell.*separator\.statement/,
      then: /keyword\.control/,
      USER: outside,
    });
    expect('CMD ["a", "b"]\nUSER app', { a: /inline\.json.*string\.quoted/, ',': /inline\.json.*punctuation/, USER: outside });
    expect('RUN [ "$A" = b ] && c\nCMD ["a", \\\n  "b"]\nUSER app', { c: /inline\.shell/, b: /string/, USER: outside });
    expect('RUN <<EOF\nset x\nEOF\nUSER app', {
      set: /block\.shell source\.shell.*command/,
      EOF: /string\.unquoted\.heredoc/,
      USER: outside,
    });
    expect('RUN python3 - <<EOF\nimport os\nEOF\nUSER app', { import: /source\.python keyword/, USER: outside });
    expect('COPY <<"EOF" /x.json\n{"k": 1}\nEOF\nUSER app', { k: /source\.json.*property-name/, '1': /constant\.numeric/, USER: outside });
  },
);
