import { normalise } from './normalise.ts';
import { baseName } from '../text/paths.ts';

/** What the name of a wheel says: `torch-2.1.0+cu118-cp311-cp311-linux_x86_64.whl`. */
export interface Wheel {
  readonly name: string;
  readonly version: string;
  /** The Pythons it is for: `cp311`, `py3`. */
  readonly pythons: readonly string[];
  readonly abi: string;
  readonly platforms: readonly string[];
}

/** Reads the last part of an address or a path; undefined when it names no wheel. */
export function wheelOf(address: string): Wheel | undefined {
  const [file = ''] = address.split(/[?#]/);
  const name = baseName(file).replaceAll(/%2b/gi, '+');
  const [, project, version, pythons, abi, platforms] =
    /^([A-Za-z\d._]+)-(\d[^-]*)(?:-\d[^-]*)?-([a-z\d_.]+)-([a-z\d_.]+)-([\w.]+)\.whl$/.exec(name) ?? [];
  if (project === undefined || version === undefined || pythons === undefined || abi === undefined || platforms === undefined)
    return undefined;
  return { name: normalise(project), version, pythons: pythons.split('.'), abi, platforms: platforms.split('.') };
}

/** Whether a wheel can be installed by a Python such as `3.12`. */
export const fitsPython = ({ pythons, abi }: Wheel, python: string): boolean => {
  const [major = '', minor = ''] = python.split('.');
  return pythons.some((tag) => {
    const [, kind, own, least] = /^(cp|py)(\d)(\d*)$/.exec(tag) ?? [];
    if (kind === undefined) return true;
    if (own !== major) return false;
    if (!least) return true;
    return kind === 'py' || abi === 'abi3' ? Number(minor) >= Number(least) : Number(minor) === Number(least);
  });
};
