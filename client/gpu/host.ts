import { execFile } from 'node:child_process';
import type { Smi } from './nvidiaSmi.ts';

/** The nvidia-smi of this machine. */
export const hostSmi: Smi = (args, signal) =>
  new Promise((done) => {
    execFile(
      'nvidia-smi',
      [...args],
      { signal, timeout: 20_000, windowsHide: true, maxBuffer: 4 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const absent = error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES');
        if (absent) done(undefined);
        else done({ code: error ? (typeof error.code === 'number' ? error.code : null) : 0, text: stdout + stderr });
      },
    );
  });
