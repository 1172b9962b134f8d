import { after, before, describe } from 'node:test';
import { besides } from './besides.ts';
import { ensureStage, openDesk, type Desk, type Stage } from './desk.ts';
import { editor } from './editor.ts';
import { gpus } from './gpus.ts';
import { installed } from './installed.ts';
import { outage } from './outage.ts';
import { panels } from './panels.ts';
import { projects } from './projects.ts';
import { sidebar } from './sidebar.ts';
import { untrusted } from './untrusted.ts';

// What a person does in VS Code, played in one window of a real one; pictures are left in out/screenshots.
// `npm test -- person` plays all; `node --test --test-name-pattern=…` some.

const stage = await ensureStage(console.error);
const skip = 'unavailable' in stage ? stage.unavailable : false;

describe('a person in VS Code', { skip, concurrency: false }, () => {
  let desk: Desk;
  before(async () => {
    desk = await openDesk(stage as Stage);
  });
  after(async () => {
    await desk.close();
  });
  editor(() => desk);
  projects(() => desk);
  sidebar(() => desk);
  panels(() => desk);
  gpus(() => desk, 'engine' in stage && stage.engine.own ? false : "the machine's own engine has no GPU stand-in");
  outage(() => desk, 'engine' in stage && stage.engine.own ? false : 'the machine’s own engine may not be killed');
});

describe('a person who is careful', { skip, concurrency: false }, () => {
  untrusted(() => stage as Stage);
});

describe('a person with other extensions', { skip, concurrency: false }, () => {
  besides(() => stage as Stage);
});

describe('a person who installed it', { skip, concurrency: false }, () => {
  installed(() => stage as Stage);
});

after(async () => {
  if (!('browser' in stage)) return;
  await stage.browser.close();
  await stage.engine.stop();
});
