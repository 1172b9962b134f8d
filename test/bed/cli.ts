import { ensureEngine } from './engine.ts';
import { ensureImages } from './images.ts';

// `node out/test/bed/cli.js engine up|down|env`: the bed's engine for a person at a terminal.
const [part, verb] = process.argv.slice(2);
if (part !== 'engine' || !['up', 'down', 'env'].includes(verb ?? '')) {
  console.error('Usage: node out/test/bed/cli.js engine up|down|env');
  process.exit(2);
}
const log = (line: string): void => {
  console.error(line);
};
const engine = await ensureEngine(log);
if ('unavailable' in engine) {
  console.error(`No engine: ${engine.unavailable}.`);
  process.exit(1);
}
if (verb === 'down') await engine.stop();
else {
  if (verb === 'up') await ensureImages(engine, log);
  for (const key of ['DOCKER_HOST', 'PATH', 'DOCKER_CONFIG']) if (engine.env[key]) console.log(`export ${key}='${engine.env[key]}'`);
}
