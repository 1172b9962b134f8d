import type { Writable } from 'node:stream';
import { AbstractMessageWriter, type Message, type MessageWriter } from 'vscode-languageserver/node';

/** Writes a message in one piece and in the turn in which it is sent: each piece wakes the editor, and for each turn it waits. */
export class WholeMessages extends AbstractMessageWriter implements MessageWriter {
  readonly #out: Writable;

  constructor(out: Writable) {
    super();
    this.#out = out;
    out.on('error', (error) => {
      this.fireError(error);
    });
    out.on('close', () => {
      this.fireClose();
    });
  }

  write(message: Message): Promise<void> {
    return new Promise((resolve, reject) => {
      const text = JSON.stringify(message);
      this.#out.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  end(): void {
    this.#out.end();
  }
}
