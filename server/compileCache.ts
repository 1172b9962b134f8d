import module from 'node:module';
import { dirname, join } from 'node:path';

/** Newer versions of Node keep compiled code; the types are those of the oldest that is served. */
type Caching = Partial<{ readonly enableCompileCache: (folder: string) => unknown }>;

// Imported before everything else: what is read after it is compiled once on this machine and not at every start. Node looks after the
// files. They lie beside the bundle, so that they end with it; where that may not be written, nothing is kept.
const [, entry] = process.argv;
if (entry !== undefined) (module as Caching).enableCompileCache?.(join(dirname(entry), 'compiled'));
