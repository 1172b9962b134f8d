const marks = { le: [0xff, 0xfe], be: [0xfe, 0xff] } as const;
const startsWith = (bytes: Buffer, [first, second]: readonly [number, number]): boolean => bytes[0] === first && bytes[1] === second;

/** Whether a text is UTF-16 and says so at its beginning. */
export const isUtf16 = (bytes: Buffer): boolean => startsWith(bytes, marks.le) || startsWith(bytes, marks.be);

/**
 * The text of a file. UTF-8, or UTF-16 where the file begins with its mark: `pip freeze > requirements.txt` in Windows PowerShell writes that,
 * and pip reads it.
 */
export function decoded(bytes: Buffer): string {
  if (startsWith(bytes, marks.le)) return bytes.toString('utf16le', 2);
  if (startsWith(bytes, marks.be)) {
    const pairs = bytes.subarray(2, bytes.length - (bytes.length % 2));
    return Buffer.from(pairs).swap16().toString('utf16le');
  }
  return bytes.toString('utf8');
}
