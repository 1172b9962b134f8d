import { entry } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { nearest } from '../../text/nearest.ts';
import { buildSource } from '../shared/buildSource.ts';
import { replaceText } from '../shared/replaceText.ts';
import { folderOf } from '../../text/paths.ts';
import { expectedLater, foundAbove } from '../shared/missing.ts';

export default composeRule({
  id: 'build-context-missing',
  severity: 'warning',
  title: 'Name a build context that is there',
  why: 'The context is the folder whose files the build may copy, by its path from the Compose file. Where there is none, the build stops: «path not found».',
  reach: ['build', 'image'],
  examples: [
    {
      bad: 'services:\n  api:\n    build: «./ap»\n',
      good: 'services:\n  api:\n    build: ./api\n',
      files: { 'api/Dockerfile': 'FROM python:3.12-slim\n' },
    },
    {
      title: 'a repository, a folder that .gitignore says comes later, a variable',
      files: { '.gitignore': 'GenAIComps/\n', Dockerfile: 'FROM python:3.12-slim\n' },
      good: 'services:\n  a:\n    build: https://example.com/a.git\n  b:\n    build: {context: GenAIComps}\n  c:\n    build: ${SOURCE}/c\n  d:\n    build: .\n',
    },
    {
      title: 'there from a folder above, where Compose is called',
      path: 'deploy/compose.yaml',
      files: { 'services/api/Dockerfile': 'FROM python:3.12-slim\n' },
      good: 'services:\n  api:\n    build: services/api\n',
    },
    {
      title: 'several build in what a script brings',
      files: { Dockerfile: 'FROM python:3.12-slim\n' },
      good: 'services:\n  a:\n    build: {context: ./upstream, target: a}\n  b:\n    build: {context: ./upstream, target: b}\n',
    },
    {
      title: 'an image that can be pulled: a remark only',
      files: { Dockerfile: 'FROM python:3.12-slim\n' },
      bad: 'services:\n  api:\n    image: registry.example.com/api:1\n    build: «./service»\n',
    },
  ],
  *check(file, { files }) {
    const all = file.services.flatMap(({ node }) => buildSource(file, node) ?? []);
    for (const built of all) {
      const at = built.contextNode;
      if (!at || built.context === '' || files.exists(built.context)) continue;
      const folder = folderOf(file.source.path);
      if (foundAbove(folder, at.text, files) || expectedLater(built.context, files)) continue;
      const parent = folderOf(built.context);
      const name = built.context.slice(parent.length).replace(/^\//, '');
      const folders = (files.list(parent) ?? []).flatMap((each) => (each.endsWith('/') ? [each.slice(0, -1)] : []));
      const meant = nearest(name, folders);
      // What several services build in and is not here is brought by a script before the build.
      if (meant === undefined && all.filter(({ context }) => context === built.context).length > 1) continue;
      const right = meant === undefined ? undefined : at.text.replace(/[^/]+(\/*)$/, `${meant}$1`);
      // An image that can be pulled is taken instead.
      const pulled =
        right === undefined && file.services.some(({ node }) => entry(node, 'build')?.value === built.build && entry(node, 'image'));
      yield {
        span: at.span,
        ...(pulled ? { severity: 'info' as const } : {}),
        message: `There is no folder «${at.text}» to build in.${right === undefined ? ' Paths begin at the folder of this file.' : ` Did you mean «${right}»?`}`,
        fixes: right === undefined ? [] : replaceText(file.source, at, right, false),
      };
    }
  },
});
