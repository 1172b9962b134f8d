import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contrast, parseColor, readable } from '../../../client/logs/contrast.ts';
import { fold, openColours, plain } from '../../../src/text/terminal.ts';
import { Demultiplexer } from '../../../client/logs/frames.ts';
import { paint } from '../../../client/logs/paint.ts';
import { Ring } from '../../../client/logs/ring.ts';
import { Matches, matcher } from '../../../client/logs/search.ts';
import { LineSplitter, type RawLine } from '../../../client/logs/splitter.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const frame = (stream: 1 | 2, content: Uint8Array): Uint8Array => {
  const out = new Uint8Array(8 + content.length);
  out[0] = stream;
  new DataView(out.buffer).setUint32(4, content.length);
  out.set(content, 8);
  return out;
};
const time = '2026-11-21T06:47:56.408709880Z';

/** Feeds a stream in portions of `size` bytes and answers its lines. */
function lines(stream: Uint8Array, { tty = false, size = stream.length } = {}): RawLine[] {
  const demultiplexer = new Demultiplexer(tty);
  const splitter = new LineSplitter({ tty });
  const out: RawLine[] = [];
  for (let at = 0; at < stream.length; at += size)
    for (const piece of demultiplexer.push(stream.subarray(at, at + size))) out.push(...splitter.push(piece));
  return [...out, ...splitter.flush()];
}
const whole = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(parts.flatMap((part) => [...part]));

describe('lines of a log', () => {
  const mixed = whole(
    frame(1, bytes(`${time} one\n`)),
    frame(2, bytes(`${time} zwei: ä€😀\r\n`)),
    frame(1, bytes(`${time} half `)),
    frame(2, bytes(`${time} between\n`)),
    frame(1, bytes(`${time} line\n`)),
    frame(1, bytes(`${time} no end`)),
  );

  test('are the same however the bytes arrive', () => {
    const expected: RawLine[] = [
      { stream: 'out', time, text: 'one' },
      { stream: 'err', time, text: 'zwei: ä€😀' },
      { stream: 'err', time, text: 'between' },
      { stream: 'out', time, text: 'half line' },
      { stream: 'out', time, text: 'no end' },
    ];
    for (const size of [1, 2, 3, 7, 8, 9, 64, mixed.length]) assert.deepEqual(lines(mixed, { size }), expected, `in portions of ${size}`);
  });

  test('of a TTY come without headers, and the times inside a long line are not the container’s', () => {
    const long = 'x'.repeat(16384);
    const stream = bytes(`${time} ${long}${time} ${long}${time} end\r\n${time} next\r\n`);
    for (const size of [1000, 16384, stream.length]) {
      const [first, second, ...more] = lines(stream, { tty: true, size });
      assert.deepEqual(more, []);
      assert.equal(first?.text, `${long}${long}end`);
      assert.deepEqual(second, { stream: 'out', time, text: 'next' });
    }
  });

  test('that begin with a date of their own keep it', () => {
    assert.deepEqual(lines(frame(1, bytes('2026-11-21 06:00:00 INFO started\n'))), [
      { stream: 'out', text: '2026-11-21 06:00:00 INFO started' },
    ]);
  });

  test('survive bytes that are not UTF-8, and empty lines', () => {
    const texts = lines(
      whole(frame(1, whole(bytes(`${time} a`), new Uint8Array([0xff, 0xfe]), bytes('b\n'))), frame(1, bytes(`${time} \n`))),
    ).map(({ text }) => text);
    assert.deepEqual(texts, ['a\ufffd\ufffdb', '']);
  });

  test('of a megabyte are one line; of more, several', () => {
    const pieces = Array.from({ length: 64 }, () => frame(1, bytes(`${time} ${'y'.repeat(16384)}`)));
    const [line, ...more] = lines(whole(...pieces.slice(0, 63), frame(1, bytes(`${time} end\n`))), { size: 50_000 });
    assert.equal(line?.text.length, 63 * 16384 + 3);
    assert.deepEqual(more, []);
    assert.equal(lines(whole(...pieces, ...pieces), { size: 50_000 }).length, 2);
  });
});

describe('fold', () => {
  test('keeps the last state of a progress bar', () => {
    assert.equal(fold('  0%|          | 0/10\r 50%|█████     | 5/10\r100%|██████████| 10/10'), '100%|██████████| 10/10');
    assert.equal(fold('working\r'), 'working');
  });

  test('a shorter text leaves the rest of the longer one, as in a terminal, unless it was erased', () => {
    assert.equal(fold('abcdef\rxy'), 'xycdef');
    assert.equal(fold('abcdef\r\u001b[Kxy'), 'xy');
    assert.equal(fold('\u001b[31mabcdef\u001b[0m\rxy'), 'xy\u001b[31mcdef\u001b[0m');
  });

  test('leaves colours and takes all other control sequences', () => {
    assert.equal(fold('\u001b[2J\u001b[1;32mok\u001b[0m\u001b]0;title\u0007\u001b[A\u001b(B!\u0000'), '\u001b[1;32mok\u001b[0m!');
    assert.equal(fold('abc\b\bX'), 'aX');
    assert.equal(plain('\u001b[1;32mok\u001b[0m'), 'ok');
    assert.equal(fold('tab\tstays'), 'tab\tstays');
  });

  test('a colour that is still on belongs to the next line as well', () => {
    assert.equal(openColours('\u001b[31mred'), '\u001b[31m');
    assert.equal(openColours('still', '\u001b[31m'), '\u001b[31m');
    assert.equal(openColours('end\u001b[0m', '\u001b[31m'), '');
    assert.equal(openColours('\u001b[0;32mgreen', '\u001b[31m'), '\u001b[0;32m');
  });
});

describe('paint', () => {
  test('knows the sixteen colours of the theme, the 256 and true colour', () => {
    assert.deepEqual(paint('a\u001b[31mb\u001b[92mc\u001b[38;5;208md\u001b[38;2;1;2;3me\u001b[0mf'), [
      { text: 'a', decorations: [] },
      { text: 'b', color: { theme: 1 }, decorations: [] },
      { text: 'c', color: { theme: 10 }, decorations: [] },
      { text: 'd', color: { rgb: [255, 135, 0] }, decorations: [] },
      { text: 'e', color: { rgb: [1, 2, 3] }, decorations: [] },
      { text: 'f', decorations: [] },
    ]);
  });

  test('knows bold, underline, background and reverse', () => {
    assert.deepEqual(paint('\u001b[1;4;44mx\u001b[0m'), [{ text: 'x', background: { theme: 4 }, decorations: ['bold', 'underline'] }]);
    assert.deepEqual(paint('\u001b[7;31mx\u001b[0m'), [{ text: 'x', color: { theme: 0 }, background: { theme: 1 }, decorations: [] }]);
  });

  test('markup is text', () => {
    assert.deepEqual(paint('\u001b[1m<b>&amp;</b>\u001b[0m'), [{ text: '<b>&amp;</b>', decorations: ['bold'] }]);
    assert.deepEqual(paint(''), []);
  });
});

describe('contrast', () => {
  test('makes any colour readable on any background and leaves a readable one alone', () => {
    for (const background of ['#ffffff', '#1e1e1e', '#000', '#808080', 'rgb(250, 243, 220)'].map(parseColor))
      for (const color of [
        [255, 255, 0],
        [0, 0, 128],
        [128, 128, 128],
        [229, 229, 229],
      ] as const) {
        assert.ok(background);
        const shown = readable(color, background);
        assert.ok(contrast(shown, background) >= 4.5, `${shown.join()} on ${background.join()}`);
      }
    assert.deepEqual(readable([0, 0, 0], [255, 255, 255]), [0, 0, 0]);
  });
});

describe('Ring', () => {
  const entry = (text: string) => ({ kind: 'out', source: 0, text }) as const;

  test('keeps the last lines, and their numbers', () => {
    const ring = new Ring(3);
    for (const text of 'abcde') ring.push(entry(text));
    assert.deepEqual([ring.first, ring.next, ring.size], [2, 5, 3]);
    assert.deepEqual(
      [...ring.from(0)].map(({ seq, text }) => `${seq}${text}`),
      ['2c', '3d', '4e'],
    );
    assert.equal(ring.at(1), undefined);
    assert.equal(ring.at(4)?.text, 'e');
    assert.equal(ring.at(5), undefined);
  });

  test('a copy that missed lines starts again where the source is', () => {
    const copy = new Ring(3);
    copy.put({ ...entry('a'), seq: 0 });
    copy.put({ ...entry('x'), seq: 10 });
    assert.deepEqual([copy.first, copy.next], [10, 11]);
  });

  test('a million lines take the room of its capacity', () => {
    const ring = new Ring(1000);
    for (let i = 0; i < 1_000_000; i++) ring.push(entry(String(i)));
    assert.deepEqual([ring.size, ring.at(ring.first)?.text], [1000, '999000']);
  });
});

describe('search', () => {
  const find = (text: string, line: string, options: { regex?: boolean; caseSensitive?: boolean } = {}): unknown => {
    const made = matcher({ text, regex: false, caseSensitive: false, ...options });
    return made && 'find' in made ? made.find(line) : made;
  };

  test('is by text unless an expression is asked for', () => {
    assert.deepEqual(find('a.b', 'a.b axb A.B'), [
      [0, 3],
      [8, 11],
    ]);
    assert.deepEqual(find('a.b', 'a.b axb A.B', { regex: true, caseSensitive: true }), [
      [0, 3],
      [4, 7],
    ]);
    assert.deepEqual(find('x*', 'abc', { regex: true }), []);
    assert.equal(find('', 'abc'), undefined);
    assert.ok('fault' in (find('(', 'abc', { regex: true }) as object));
  });

  test('goes on over a log that grows and forgets', () => {
    const made = matcher({ text: 'e', regex: false, caseSensitive: false });
    assert.ok(made && 'find' in made);
    const matches = new Matches();
    for (let seq = 0; seq < 5000; seq++) matches.add(seq, seq % 2 ? 'none' : 'eve', made.find);
    assert.equal(matches.count, 2500 * 2 + 2500);
    matches.drop(4000);
    assert.equal(matches.count, 1500);
    assert.equal(matches.at(0)?.seq, 4000);
    assert.deepEqual(matches.at(matches.from(4001)), { seq: 4001, start: 3, end: 4 });
    assert.equal(matches.of(4002).length, 2);
    assert.equal(matches.from(9999), matches.count);
  });

  test('a hundred thousand lines answer within a second', () => {
    const made = matcher({ text: 'step (\\d+)7\\b', regex: true, caseSensitive: true });
    assert.ok(made && 'find' in made);
    const matches = new Matches();
    const start = performance.now();
    for (let seq = 0; seq < 100_000; seq++) matches.add(seq, `2026-11-21 06:00:00 INFO train step ${seq} loss 0.123 lr 1e-4`, made.find);
    assert.equal(matches.count, 9999);
    assert.ok(performance.now() - start < 10_000, `${performance.now() - start} ms`);
  });
});
