import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { aside } from '../shared/aside.ts';
import { bases, byImage } from '../shared/bases.ts';
import { distroOf } from '../shared/distro.ts';
import { elsewhere } from '../shared/elsewhere.ts';
import { endedPython } from '../shared/endOfLife.ts';
import { currentDistro } from '../shared/currentDistro.ts';
import { shippedStages } from '../shared/shipped.ts';

export default dockerfileRule({
  id: 'distro-eol',
  severity: 'warning',
  title: 'Use a distribution that still gets fixes',
  why: 'A distribution past its end of life gets no security fixes; once its packages are moved to the archive, `apt-get update` answers 404 and the image cannot be built any more.',
  reach: 'file',
  looksAt: ['FROM', 'lines'],
  examples: [
    { bad: 'FROM «ubuntu:18.04»\n', good: 'FROM ubuntu:22.04\n' },
    { bad: 'FROM «python:3.11-slim-buster»\n', good: 'FROM python:3.11-slim-bookworm\n' },
    { bad: 'FROM «nvidia/cuda:11.8.0-runtime-ubuntu20.04»\n', good: 'FROM nvidia/cuda:11.8.0-runtime-ubuntu22.04\n' },
    { title: 'the system of ROS', bad: 'FROM «ros:noetic-ros-base»\n' },
    { title: 'once for an image', bad: 'FROM «ubuntu:18.04» AS build\nFROM ubuntu:18.04\n' },
    {
      title: 'in a test, or where only files are taken from it, it is a remark',
      path: 'tests/data/Dockerfile',
      bad: 'FROM «ubuntu:18.04»\n',
    },
    { bad: 'FROM «example.org/git/debian:bullseye» AS git\nFROM debian:13\nCOPY --from=git /usr/local /usr/local\n', today: '2026-11-21' },
    { title: 'an old Python is enough to say', good: 'FROM python:3.7-slim-buster\n' },
    { title: 'Debian’s long-term support counts', good: 'FROM python:3.12-slim-bookworm\n' },
    { good: 'FROM ubuntu:24.04\n' },
  ],
  *check(file, world) {
    const shipped = shippedStages(file);
    for (const [first, ...others] of byImage(bases(file, world))) {
      const { image, parts, word } = first;
      // One word on an old image is enough: python-eol has it.
      if (endedPython(image, world)) continue;
      const distro = distroOf(parts);
      const life = distro && world.knowledge.endOfLife[distro.product]?.[distro.cycle];
      if (!distro || !life) continue;
      const end = distro.product === 'debian' ? (life.eoes ?? life.eol) : life.eol;
      if (end === undefined || end >= world.today) continue;
      const written = [word, ...others.map((other) => other.word)].filter(({ text }) => text === image);
      const tag = parts.digest === undefined ? currentDistro(parts, distro, world) : undefined;
      // Files are taken from it, and nothing is installed in it.
      const carries = [first, ...others].every(
        ({ stage }) => !shipped.includes(stage) && !stage.instructions.length && !isBuiltOn(file, stage),
      );
      yield {
        span: word.span,
        ...(carries ? { severity: 'info' as const } : aside(file.source.path)),
        message: `${distro.name} of «${image}»${elsewhere(
          file.source,
          others.map((other) => other.word.span),
        )} ended on ${end}: no more fixes, and apt may answer 404. Use a release that is maintained.`,
        fixes:
          tag !== undefined && written.length
            ? [
                {
                  title: `Use the tag ${tag}`,
                  safe: false,
                  edits: written.map(({ span }) => ({ span: { start: span.end - (parts.tag ?? '').length, end: span.end }, text: tag })),
                },
              ]
            : [],
      };
    }
  },
});

const isBuiltOn = ({ stages }: Dockerfile, stage: Stage): boolean => stages.some(({ base }) => base === stage);
