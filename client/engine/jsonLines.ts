/** The values of a stream that has one JSON text a line; a line that is none is skipped. */
export async function* jsonLines(chunks: AsyncIterable<Uint8Array>): AsyncIterable<unknown> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield* parsed(line);
  }
  yield* parsed(rest);
}

function* parsed(line: string): Iterable<unknown> {
  if (!line.trim()) return;
  try {
    yield JSON.parse(line);
  } catch {
    // Half a line, when the engine went away in the middle of it.
  }
}
