import { Client, type Peer, type Position } from './client.ts';
import { large, usual, type Sample } from './corpus.ts';

/** Samples in milliseconds (or MB) by what was measured and by server. */
export type Measures = Map<string, Map<string, number[]>>;

/** Every sample of one server is followed by the same one of the next, in turning order, so that a busy machine hits all alike. */
export async function measure(language: 'dockerfile' | 'compose', peers: readonly Peer[], rounds: number): Promise<Measures> {
  const measures: Measures = new Map();
  const add = (what: string, { name }: Peer, value: number | undefined): void => {
    if (value === undefined) return;
    const row = measures.get(what) ?? new Map<string, number[]>();
    measures.set(what, row);
    row.set(name, [...(row.get(name) ?? []), value]);
  };
  let turn = 0;
  const inTurn = async <T>(list: readonly T[], run: (each: T) => Promise<void>): Promise<void> => {
    const first = turn++ % list.length;
    for (const each of [...list.slice(first), ...list.slice(0, first)]) await run(each);
  };

  for (let round = 0; round < rounds * 2; round++)
    await inTurn(peers, async (peer) => {
      const client = await Client.start(peer);
      add('start → initialize', peer, client.started);
      await client.stop();
    });

  const clients: Client[] = [];
  for (const peer of peers) clients.push(await Client.start(peer));
  const samples = usual(language);
  // Everything once, unmeasured: compilers warm up.
  for (let round = -1; round < rounds; round++)
    for (const sample of samples)
      for (const step of exercise(language, sample, String(round)))
        await inTurn(clients, async (client) => {
          for (const [what, value] of await step(client)) if (round >= 0) add(what, client.peer, value);
        });

  const big = large(language);
  for (let round = 0; round < rounds; round++)
    await inTurn(clients, async (client) => {
      const uri = `file:///bench/${round}/${big.name}`;
      add('large file: open → diagnostics', client.peer, await client.open(uri, big.text));
      let version = 1;
      for (const place of places(big.text, language, 10)) {
        const end = { line: place.line, character: place.character + 1 };
        add('large file: key → diagnostics', client.peer, await client.change(uri, ++version, place, place, 'x'));
        add('large file: key → diagnostics', client.peer, await client.change(uri, ++version, place, end, ''));
      }
      if (round === 0 && 'semanticTokensProvider' in client.capabilities)
        add('large file: semantic tokens', client.peer, await client.timed('textDocument/semanticTokens/full', { textDocument: { uri } }));
      client.close(uri);
      if (!('documentFormattingProvider' in client.capabilities)) return;
      const uneven = big.text.replace(/^ /gm, '');
      for (const [what, text] of [
        ['large file: formatting', big.text],
        ['large file: formatting, every line to move', uneven],
      ] as const) {
        const formatted = `${uri}/${text === uneven ? 'uneven' : 'even'}/${big.name}`;
        await client.open(formatted, text);
        const options = { tabSize: language === 'compose' ? 2 : 4, insertSpaces: true };
        add(what, client.peer, await client.timed('textDocument/formatting', { textDocument: { uri: formatted }, options }));
        client.close(formatted);
      }
    });

  const [middle] = samples.toSorted((a, b) => a.text.length - b.text.length).slice(samples.length >> 1);
  if (middle)
    for (const client of clients) {
      const uri = `file:///bench/soak/${middle.name}`;
      await client.open(uri, middle.text);
      const before = client.memory();
      const [place = { line: 0, character: 0 }] = places(middle.text, language, 1);
      const end = { line: place.line, character: place.character + 1 };
      for (let edit = 0; edit < 400 * rounds; edit++)
        await client.change(uri, edit + 2, place, edit % 2 ? end : place, edit % 2 ? '' : 'x');
      const after = client.memory();
      add('memory, MB', client.peer, after);
      if (before !== undefined && after !== undefined) add(`growth over ${400 * rounds} edits, MB`, client.peer, after - before);
    }
  for (const client of clients) await client.stop();
  return measures;
}

/** What was measured, and the samples of it. */
type Sampled = readonly (readonly [what: string, value: number | undefined])[];

/** What is done with a document, step by step: each is done by one server after the other. */
function exercise(
  language: 'dockerfile' | 'compose',
  { name, text }: Sample,
  round: string,
): readonly ((client: Client) => Promise<Sampled>)[] {
  const uri = `file:///bench/${round}/${name}`;
  const lines = text.split('\n');
  const word = lines.findIndex((line) =>
    (language === 'dockerfile' ? /^(?:RUN|COPY|ENV)\b/ : /^ {4}(?:image|ports|environment):/).test(line),
  );
  const at = { line: Math.max(0, word), character: language === 'dockerfile' ? 1 : 6 };
  const empty = { line: at.line, character: 0 };
  const typed = language === 'dockerfile' ? 'CO\n' : '    he\n';
  const offered = { line: at.line, character: typed.length - 1 };
  const keys = places(text, language, 3).flatMap((place, index) => [
    async (client: Client): Promise<Sampled> => {
      const used = client.processor();
      const value = await client.change(uri, 2 + index * 2, place, place, 'x');
      const now = client.processor();
      const processor = used !== undefined && now !== undefined ? now - used : undefined;
      return [...both('key typed → diagnostics', value), ['key typed: processor', processor]];
    },
    async (client: Client): Promise<Sampled> =>
      both(
        'key taken back → diagnostics',
        await client.change(uri, 3 + index * 2, place, { line: place.line, character: place.character + 1 }, ''),
      ),
  ]);
  return [
    async (client) => [['open → diagnostics', await client.open(uri, text)]],
    ...keys,
    async (client) => [['hover', await client.timed('textDocument/hover', { textDocument: { uri }, position: at })]],
    async (client) => {
      await client.change(uri, 100, empty, empty, typed);
      return [['completion', await client.timed('textDocument/completion', { textDocument: { uri }, position: offered })]];
    },
    (client) => {
      client.close(uri);
      return Promise.resolve([]);
    },
  ];
}

/** A key is one like another, and of a kind. */
const both = (what: string, value: number): Sampled => [
  ['key → diagnostics', value],
  [what, value],
];

/** Ends of words on lines whose change asks no registry anything. */
function places(text: string, language: 'dockerfile' | 'compose', count: number): readonly Position[] {
  const usable = language === 'dockerfile' ? /^(?!FROM|ARG)[A-Z]+ .*[A-Za-z0-9]$/ : /^\s+(?!image)[\w.-]+: \S*[A-Za-z0-9]$/;
  const found = text.split('\n').flatMap((line, number) => (usable.test(line) ? [{ line: number, character: line.length }] : []));
  return Array.from(
    { length: Math.min(count, found.length) },
    (_, n) => found[Math.floor(((n + 0.5) * found.length) / count)] ?? { line: 0, character: 0 },
  );
}
