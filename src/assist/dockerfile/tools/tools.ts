import { apk } from './apk.ts';
import { apt } from './apt.ts';
import { conda } from './conda.ts';
import { dnf, microdnf } from './dnf.ts';
import { fetchers } from './fetchers.ts';
import { npm } from './npm.ts';
import { pip } from './pip.ts';
import { poetry } from './poetry.ts';
import type { Tool } from './tool.ts';
import { uv } from './uv.ts';
import { baseName } from '../../../text/paths.ts';

/** The programs whose options are known. */
export const tools: readonly Tool[] = [pip, uv, apt, apk, dnf, microdnf, conda, poetry, npm, ...fetchers];

const byName = new Map(tools.flatMap((tool) => tool.names.map((name) => [name, tool] as const)));

/** The tool a program's name stands for: `/usr/bin/pip3.12` is pip. */
export function toolNamed(program: string): Tool | undefined {
  const name = baseName(program);
  return byName.get(/^pip\d?(?:\.\d+)?$/.test(name) ? 'pip' : name);
}
