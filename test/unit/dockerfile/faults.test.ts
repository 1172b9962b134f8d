import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { marked } from '../examples.ts';

describe('a fault stands at what is wrong', () => {
  for (const [title, example] of [
    ['a port in a variable', 'FROM a\nARG PORT=http\nEXPOSE 80 «$PORT»\n'],
    ['a port in two variables', 'FROM a\nENV FROM=9 TO=8\nEXPOSE «$FROM-$TO»\n'],
    ['several ports in one variable', 'FROM a\nENV PORTS="80 443"\nEXPOSE $PORTS\n'],
    ['a port that whoever builds gives', 'FROM a\nARG PORT\nEXPOSE $PORT $OTHER\n'],
    ['an ARG that ENV replaces', 'FROM a\nARG PORT=b\nENV PORT=80\nEXPOSE $PORT\n'],
    ['a signal in a variable', 'FROM a\nENV S=SIGNOTHING\nSTOPSIGNAL «${S}»\n'],
    ['no signal at all', 'FROM a\nSTOPSIGNAL «$»\n'],
    ['two signals over two lines', 'FROM a\nSTOPSIGNAL SIGTERM \\\n«SIGKILL»\n'],
    ['a modifier that is missing', 'FROM a\nWORKDIR /x/«${A:}»\n'],
    ['one path in JSON', 'FROM a\nCOPY [ "«a.txt»" ]\n'],
    ['empty brackets', 'FROM a\nADD «[ ]»\n'],
    ['a heredoc without a destination', 'FROM a\n«COPY» <<EOF\nx\nEOF\n'],
    ['an escape behind the keyword', 'FROM a\n«COPY»\\ a b\n'],
  ] as const)
    test(title, () => {
      const { text, spans } = marked(example);
      assert.deepEqual(
        parseDockerfile('Dockerfile', text).faults.map(({ span }) => text.slice(span.start, span.end)),
        spans.map(({ start, end }) => text.slice(start, end)),
      );
    });
});
