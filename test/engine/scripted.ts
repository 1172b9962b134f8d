import type { Ui } from '../../client/ui.ts';
import { settings } from '../../src/settings.ts';

/** An editor that answers questions from a list: the label to pick, or the text to type. What was asked is kept. */
export function scripted(folder: string, answers: string[]) {
  const said: string[] = [];
  const lines: string[] = [];
  const cancelled = new AbortController();
  const ui = {
    folders: [folder],
    active: undefined,
    trusted: true,
    setting: (key: keyof typeof settings) => settings[key].default,
    pick: (_: string, choices: readonly { label: string; detail?: string; value: unknown }[]) => {
      const wanted = answers.shift();
      const [go, ...others] = choices;
      if (go?.detail !== undefined)
        lines.push([go.detail, ...others.flatMap(({ label, value }) => (value === 'go' ? label : []))].join(' '));
      return Promise.resolve(choices.find(({ label }) => label === wanted)?.value);
    },
    pickMany: (_: string, choices: readonly { label: string; value: unknown }[]) => {
      const wanted = (answers.shift() ?? '').split(',');
      return Promise.resolve(choices.filter(({ label }) => wanted.includes(label)).map(({ value }) => value));
    },
    input: () => Promise.resolve(answers.shift()),
    progress: (_: string, work: (signal: AbortSignal, report: () => void) => Promise<unknown>) => work(cancelled.signal, () => undefined),
    inform: (text: string) => (said.push(text), Promise.resolve(undefined)),
    error: (text: string) => (said.push(text), Promise.resolve(undefined)),
    copy: (text: string) => (said.push(`copied ${text}`), Promise.resolve()),
    status: () => undefined,
    log: () => undefined,
    open: () => Promise.resolve(),
    show: () => Promise.resolve(),
    hide: () => Promise.resolve(),
  } as unknown as Ui;
  return { ui, said, lines, cancelled };
}
