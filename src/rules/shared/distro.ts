import type { ImageReference } from '../../text/imageReference.ts';
import { compareVersions } from './pins.ts';

/** A release of a Linux distribution, as the end-of-life tables name it. */
export interface Distro {
  readonly product: 'debian' | 'ubuntu';
  readonly cycle: string;
  /** `Debian 12 (bookworm)`. */
  readonly name: string;
}

const debians: Readonly<Record<string, string>> = { stretch: '9', buster: '10', bullseye: '11', bookworm: '12', trixie: '13' };
const ubuntus: Readonly<Record<string, string>> = { xenial: '16.04', bionic: '18.04', focal: '20.04', jammy: '22.04', noble: '24.04' };

const debian = (codename: string): Distro | undefined => {
  const cycle = debians[codename];
  return cycle === undefined ? undefined : { product: 'debian', cycle, name: `Debian ${cycle} (${codename})` };
};
const ubuntu = (cycle: string): Distro => ({ product: 'ubuntu', cycle, name: `Ubuntu ${cycle}` });

/** The Ubuntu that each release of ROS is made for (its packages and its images, REP 3 and REP 2000). */
export const rosSystems: Readonly<Record<string, string>> = {
  melodic: '18.04',
  foxy: '20.04',
  galactic: '20.04',
  noetic: '20.04',
  humble: '22.04',
  iron: '22.04',
  jazzy: '24.04',
  kilted: '24.04',
};

/** The distribution release that an image's name says it holds; undefined when it does not say. */
export function distroOf({ name, tag = '' }: ImageReference): Distro | undefined {
  if (name === 'debian') {
    const word = tag.replace(/-slim$/, '');
    const codename = Object.hasOwn(debians, word) ? word : Object.keys(debians).find((each) => debians[each] === word.split('.')[0]);
    return codename === undefined ? undefined : debian(codename);
  }
  if (name === 'ubuntu') {
    const cycle = ubuntus[tag.replace(/-\d+$/, '')] ?? /^\d\d\.\d\d/.exec(tag)?.[0];
    return cycle === undefined ? undefined : ubuntu(cycle);
  }
  const system = /(?:^|-)ubuntu-?(\d\d\.\d\d)(?:$|-)/.exec(tag)?.[1];
  if (system !== undefined) return ubuntu(system);
  const codename = /(?:^|-)(stretch|buster|bullseye|bookworm|trixie)(?:$|-)/.exec(tag)?.[1];
  if (codename !== undefined) return debian(codename);
  const robots = /^(?:osrf\/)?ros$/.test(name) ? rosSystems[tag.replace(/-.*$/, '')] : undefined;
  return robots === undefined ? undefined : ubuntu(robots);
}

/** Whether pip of the system refuses to install outside a virtual environment (PEP 668). */
export const externallyManaged = ({ product, cycle }: Distro): boolean =>
  product === 'debian' ? Number(cycle) >= 12 : Number(cycle) >= 23.04;

const pythons: Readonly<Record<string, string>> = {
  'ubuntu 16.04': '3.5',
  'ubuntu 18.04': '3.6',
  'ubuntu 20.04': '3.8',
  'ubuntu 22.04': '3.10',
  'ubuntu 24.04': '3.12',
  'ubuntu 26.04': '3.14',
  'debian 10': '3.7',
  'debian 11': '3.9',
  'debian 12': '3.11',
  'debian 13': '3.13',
};

/** The Python that a release calls python3, where that is known. */
export const systemPython = ({ product, cycle }: Distro): string | undefined => pythons[`${product} ${cycle}`];

/** Whether the Python of a `pytorch/pytorch` image is the system's, into which pip does not install unasked: so since 2.10. */
export function managedTorchTag(tag = ''): boolean {
  const version = /^(\d+\.\d+)(?:\.\d+)?-cuda/.exec(tag)?.[1];
  return version !== undefined && compareVersions(version, '2.10') >= 0;
}
