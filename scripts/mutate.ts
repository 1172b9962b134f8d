/** Numbers between 0 and 1, the same for the same seed, so that a failure can be repeated. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Pieces that mean something in a Dockerfile, a shell or a template, and bytes that mean nothing anywhere. */
const pieces: readonly string[] = [
  ...['\\', '\\\n', '`', '"', "'", '$', '${', '}', '${A:-', '${A#*', '${A//', '$(', ')', '[', ']', '["', '"]', '{{', '{%', '#', '# ', '='],
  ...[
    '\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    '\v',
    '\f',
    '\u00a0',
    '\ufeff',
    '\0',
    '\ud800',
    '😀',
    'é',
    ',',
    '--',
    '-',
    '/',
    ':',
    '@',
    '\n\n',
    '&&',
    '|',
  ],
  ...['<<EOF', '<<-EOF', '<<"E"', '<<', '\nEOF\n', '3<<X <<Y', 'FROM ', 'FROM a AS b\n', 'RUN ', 'COPY ', 'ADD --checksum=', 'ONBUILD '],
  ...[
    'ENV A=',
    'ENV A ',
    'ARG ',
    'HEALTHCHECK ',
    'CMD ',
    'EXPOSE 1-',
    'SHELL ["',
    '--mount=type=cache,',
    '--from=b ',
    '--platform=$',
    'AS ',
  ],
  ...[
    '# escape=`\n',
    '# syntax=x\n',
    '# check=skip=all;error=true\n',
    '# ml-containers: ignore',
    'if ',
    'then',
    'fi',
    'for x in ',
    'do',
    'done',
  ],
];

/** Pieces that mean something in YAML and in a Compose file. */
const yamlPieces: readonly string[] = [
  ...[
    '\n  ',
    '\n    - ',
    ' - ',
    '- - ',
    ': ',
    ':\n',
    '? ',
    '*a',
    '&a ',
    '<<: *a',
    '<<: [*a, *b]',
    '!reset ',
    '!override null',
    '---\n',
    '...\n',
  ],
  ...[
    '| \n',
    '>-\n',
    '|2+\n',
    '{',
    '}',
    '{a: ',
    '[',
    ']',
    ', ',
    '"',
    "'",
    "''",
    '#',
    ' # ',
    '\t',
    '\r',
    '%YAML 1.2\n',
    '@',
    '`',
    '~',
    'null',
    'x-a: ',
  ],
  ...[
    'services:\n',
    'volumes:\n',
    'networks: [',
    'depends_on: ',
    'condition: service_healthy',
    'extends: ',
    'include:\n',
    'image: ',
    'build: .',
  ],
  ...[
    'ports: ["',
    '8000:8000',
    '99999:1',
    '1-2:3-9',
    '/udp',
    'gpus: all',
    'count: all',
    'device_ids: [',
    'capabilities: [gpu]',
    'deploy:\n',
  ],
  ...[
    '${',
    '${A:-',
    '${A:?',
    '${A:+b}',
    '$$',
    '$A',
    '}',
    'env_file: ',
    '12345678901234567890',
    '0x1F',
    '1e999',
    '.inf',
    '!!binary ',
    '07',
    'yes',
    '1m30s',
  ],
];

/** A text (with `yaml`, mostly with YAML's own pieces) with one to four changes: characters dropped, pieces put in, parts doubled, moved, cut off, or taken from another text. */
export function mutate(text: string, other: string, next: () => number, yaml = false): string {
  const words = yaml && next() < 0.7 ? yamlPieces : pieces;
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  let out = text;
  for (let rounds = 1 + below(4); rounds > 0; rounds--) {
    const at = below(out.length + 1);
    const end = Math.min(out.length, at + below(next() < 0.8 ? 12 : 400));
    const part = out.slice(at, end);
    const change = below(9);
    if (change === 0) out = out.slice(0, at) + out.slice(end);
    else if (change <= 3) out = out.slice(0, at) + pick(words) + out.slice(at);
    else if (change === 4) out = out.slice(0, end) + part.repeat(1 + below(5)) + out.slice(end);
    else if (change === 5) out = out.slice(0, at);
    else if (change === 6) out = out.slice(0, at) + String.fromCharCode(below(next() < 0.9 ? 128 : 65536)) + out.slice(at + 1);
    else if (change === 7) {
      const from = below(other.length + 1);
      out = out.slice(0, at) + other.slice(from, from + below(200)) + out.slice(end);
    } else {
      const lines = out.split('\n');
      const line = below(lines.length);
      lines.splice(below(lines.length), 0, ...lines.splice(line, 1 + below(3)));
      out = lines.join('\n');
    }
  }
  return out;
}
