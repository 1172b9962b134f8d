import type { Invocation } from './invocation.ts';

/** What to build. Paths are as the program will see them. */
export interface BuildPlan {
  readonly context: string;
  /** The Dockerfile; the context's own `Dockerfile` when absent. */
  readonly file?: string;
  readonly tags: readonly string[];
  readonly target?: string;
  readonly args?: Readonly<Record<string, string>>;
  readonly platform?: string;
  /** `--secret` values, e.g. `id=hf,env=HF_TOKEN`: they name where a secret is, never what it is. */
  readonly secrets?: readonly string[];
  readonly noCache?: boolean;
  readonly pull?: boolean;
}

/** `rawjson` for a program that reads the progress, `auto` for a person in a terminal. */
export type Progress = 'rawjson' | 'plain' | 'auto';

export function buildCommand(plan: BuildPlan, progress: Progress = 'auto', program = 'docker'): Invocation {
  const args = ['build'];
  if (progress !== 'auto') args.push(`--progress=${progress}`);
  if (plan.file !== undefined) args.push('--file', plan.file);
  for (const tag of plan.tags) args.push('--tag', tag);
  if (plan.target) args.push('--target', plan.target);
  if (plan.platform) args.push('--platform', plan.platform);
  for (const [key, value] of Object.entries(plan.args ?? {})) args.push('--build-arg', `${key}=${value}`);
  for (const secret of plan.secrets ?? []) args.push('--secret', secret);
  if (plan.noCache) args.push('--no-cache');
  if (plan.pull) args.push('--pull');
  return { program, args: [...args, plan.context] };
}

/** The tag that a folder's image gets when nobody says: lower case, as a reference has to be, `name:latest`. */
export function defaultTag(folder: string, dockerfile: string): string {
  const last = (path: string): string => path.replace(/[\\/]+$/, '').replace(/^.*[\\/]/, '');
  const word = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '');
  const file = last(dockerfile);
  const variant = /^(?:Dockerfile|Containerfile)\.(.+)$/i.exec(file)?.[1] ?? /^(.+)\.dockerfile$/i.exec(file)?.[1];
  const parts = [word(last(folder)), variant === undefined ? '' : word(variant)].filter(Boolean);
  return `${parts.join('-') || 'image'}:latest`;
}

/** Whether a text is an image reference that `--tag` takes. */
export function isTag(text: string): boolean {
  const name = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
  const host = '(?:[A-Za-z0-9.-]+(?::\\d+)?|\\[[0-9a-fA-F:]+\\](?::\\d+)?)/';
  return new RegExp(`^(?:${host})?${name}(?:/${name})*(?::[\\w][\\w.-]{0,127})?$`).test(text);
}
