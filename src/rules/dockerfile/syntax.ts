import { dockerfileRule } from '../../lint/rule.ts';
import { closeHeredoc } from '../shared/closeHeredoc.ts';

export default dockerfileRule({
  id: 'syntax',
  severity: 'error',
  title: 'Write what a build accepts',
  why: 'BuildKit refuses the file at this place, before it runs anything.',
  also: [],
  reach: 'file',
  examples: [
    { title: 'an unknown instruction', bad: 'FROM python:3.12-slim\n«COPPY» . /app\n', good: 'FROM python:3.12-slim\nCOPY . /app\n' },
    {
      title: 'an unknown flag',
      bad: 'FROM a:1 AS a\nFROM b:1\nCOPY «--form»=a /x /x\n',
      good: 'FROM a:1 AS a\nFROM b:1\nCOPY --from=a /x /x\n',
    },
    {
      title: 'a duration without a unit',
      bad: 'FROM python:3.12-slim\nHEALTHCHECK --interval=«30» CMD true\n',
      good: 'FROM python:3.12-slim\nHEALTHCHECK --interval=30s CMD true\n',
    },
    {
      title: 'a mount and a signal, misspelt',
      bad: 'FROM a:1\nRUN --mount=«type=cahce»,target=/x true\nRUN --mount=type=cache,«taget=/x»,«sharing=lockd» true\nSTOPSIGNAL «SIGTREM»\n',
      good: 'FROM a:1\nRUN --mount=type=cache,target=/x true\nRUN --mount=type=cache,target=/x,sharing=locked true\nSTOPSIGNAL SIGTERM\n',
    },
    {
      title: 'a mount with a blank in it',
      bad: 'FROM a:1\nRUN --mount=«type=cache, target=/x» true\n',
      good: 'FROM a:1\nRUN --mount=type=cache,target=/x true\n',
    },
    {
      title: 'several platforms, and a checksum that is none',
      bad: 'FROM --platform=«linux/amd64,linux/arm64» debian:12\nADD --checksum=«0123abcd» https://example.org/a.tgz /a.tgz\n',
    },
    {
      title: 'a value with blanks, and blanks around the sign',
      bad: 'FROM debian:12\nENV TITLE=My «image»\nARG MODE «=» train\nEXPOSE «80,443»\n',
      good: 'FROM debian:12\nENV TITLE="My image"\nARG MODE=train\nEXPOSE 80 443\n',
    },
    { title: 'an option that # check does not have', bad: '# check=«skip»\nFROM debian:12\n' },
    {
      title: 'Podman and Buildah, whose files are called Containerfile, take more of a mount',
      path: 'Containerfile',
      good: 'FROM quay.io/centos/centos:stream9\nRUN --mount=type=bind,target=/src,z --mount=type=cache,target=/c,relabel=private ls /src\n',
    },
    {
      title: 'a heredoc that never ends',
      bad: 'FROM python:3.12-slim\nRUN «<<EOF»\necho hello\n',
      good: 'FROM python:3.12-slim\nRUN <<EOF\necho hello\nEOF\n',
    },
    {
      title: 'and swallows what follows',
      bad: 'FROM python:3.12-slim\nRUN «<<EOF»\napt-get update\n\n# the code\nCOPY . /app\n',
      good: 'FROM python:3.12-slim\nRUN <<EOF\napt-get update\nEOF\n\n# the code\nCOPY . /app\n',
    },
    {
      title: 'a heredoc whose last line has blanks before it',
      bad: 'FROM python:3.12-slim\nRUN «<<EOF»\necho hello\n  EOF\nUSER 1000\n',
      good: 'FROM python:3.12-slim\nRUN <<EOF\necho hello\nEOF\nUSER 1000\n',
    },
    {
      title: 'an array of bash in a script that COPY writes, where the build expands variables',
      bad: 'FROM debian:12\nCOPY <<EOF /run.sh\n#!/bin/bash\nexec «${command[@]}»\nEOF\n',
      good: 'FROM debian:12\nCOPY <<EOF /run.sh\n#!/bin/bash\nexec \\${command[@]}\nEOF\n',
    },
    {
      title: 'a mount without a target where the stage works in /',
      bad: 'FROM debian:12\nRUN --mount=«target=.» make\n',
      good: 'FROM debian:12\nWORKDIR /src\nRUN --mount=target=. make\n',
    },
    { title: 'an image name in upper case', bad: 'FROM «Python:3.12»\n', good: 'FROM python:3.12\n' },
    { title: 'a template is left alone', good: '{% if gpu %}\nFROM nvidia/cuda:12.4.1-base-ubuntu22.04\n{% endif %}\n' },
  ],
  *check(file) {
    const { faults, source } = file;
    for (const { span, message, meant, right, surplus } of faults)
      yield {
        span,
        message,
        fixes:
          meant !== undefined
            ? [{ title: `Write ${meant}`, safe: false, edits: [{ span, text: meant }] }]
            : right !== undefined
              ? [{ title: `Write ${right.text}`, safe: false, edits: [right] }]
              : surplus !== undefined
                ? [
                    {
                      title: `Remove ${source.text.slice(surplus.start, surplus.end).trim()}`,
                      safe: false,
                      edits: [{ span: surplus, text: '' }],
                    },
                  ]
                : closeHeredoc(file, span),
      };
  },
});
