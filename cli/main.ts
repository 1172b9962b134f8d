import { run } from './run.ts';

// A closed pipe (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

run(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    process.stderr.write(`ml-containers: this should not have happened: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
