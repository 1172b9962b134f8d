import { managerCallsIn, type Manager } from '../../dockerfile/packages/system.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import { sectionsOf } from '../../dockerfile/sections.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { systemManagers } from '../shared/looksAt.ts';
import { isGivenImage } from '../shared/givenImage.ts';

export default dockerfileRule({
  id: 'wrong-package-manager',
  severity: 'error',
  title: 'Install with the package manager that the image has',
  why: 'Debian and Ubuntu install with apt-get, Alpine with apk, Red Hat and its relatives with dnf. Another one is not there, and the RUN ends with «not found» (127). Names of packages differ, too.',
  looksAt: systemManagers,
  examples: [
    { bad: 'FROM alpine:3.22\nRUN «apt-get» update && apt-get install -y curl\n' },
    { bad: 'FROM python:3.12-slim\nRUN «apk» add --no-cache git\nRUN «yum» install -y git\n' },
    {
      title: 'where it is asked for first, and in images that may have another',
      good: 'FROM debian:12\nRUN if command -v apk; then apk add git; else apt-get update && apt-get install -y git; fi\nFROM company.example/alpine:1\nRUN apt-get update\nARG BASE=debian:12\nFROM alpine:3.22\nRUN apk add --no-cache git\n',
    },
  ],
  *check(file, { knowledge, options }) {
    for (const section of sectionsOf(file)) {
      const { stage } = section;
      // Whoever builds may give another image.
      if (!stage || isGivenImage(stage)) continue;
      const image = rootImage(file, stage, options.buildArgs);
      const facts = image === undefined ? undefined : imageFacts(knowledge, image);
      if (image === undefined || facts?.sure !== 'certain') continue;
      const own = facts.packages.find((each) => each === 'apt' || each === 'apk' || each === 'dnf');
      if (!own) continue;
      let last: unknown;
      for (const { manager, run } of managerCallsIn(file, section)) {
        const { command, head, instruction } = run;
        const family = families[manager];
        if (family === own || family === undefined || instruction === last) continue;
        if (command.under.length || command.substituted || command.joint === '||' || command.next === '||') continue;
        last = instruction;
        yield {
          span: head.span,
          message: `«${image}» has no ${manager}: this ends with «not found» (127). It installs with ${ways[own]}.`,
        };
      }
    }
  },
});

const families: Readonly<Partial<Record<Manager, 'apt' | 'apk' | 'dnf'>>> = {
  'apt-get': 'apt',
  apt: 'apt',
  apk: 'apk',
  dnf: 'dnf',
  microdnf: 'dnf',
  yum: 'dnf',
};

const ways = {
  apt: '«apt-get update && apt-get install -y --no-install-recommends NAME»',
  apk: '«apk add --no-cache NAME»',
  dnf: '«dnf install -y NAME»',
};
