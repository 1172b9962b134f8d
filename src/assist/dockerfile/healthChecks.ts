import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { allInstructions, rootImage } from '../../dockerfile/scope.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import type { World } from '../../lint/rule.ts';
import { lacks, pythonProbe } from '../../rules/shared/probe.ts';

/** Checks that work with what is in the image of a stage, for the port that it exposes. */
export function healthChecks(
  file: Dockerfile,
  stage: Stage | undefined,
  { knowledge, options: { buildArgs } }: World,
): readonly { readonly text: string; readonly detail: string }[] {
  const image = stage && rootImage(file, stage, buildArgs);
  const facts = image === undefined ? undefined : imageFacts(knowledge, image);
  if (!stage || !facts) return [];
  const exposed = allInstructions(stage).flatMap(({ keyword, args }) =>
    keyword === 'EXPOSE' ? args.flatMap(({ value }) => /^(\d+)(?:\/tcp)?$/.exec(value)?.[1] ?? []) : [],
  );
  const url = `http://127.0.0.1:${exposed[0] ?? '8000'}/health`;
  const curl = facts.tools.curl === true || (facts.tools.curl === false && !lacks('curl', knowledge, file, stage, buildArgs));
  const python = facts.python !== undefined && facts.python !== 'none';
  const name = /^(?:python|ghcr\.io\/astral-sh\/uv)\b/.test(image ?? '') ? 'python' : 'python3';
  return [
    ...(curl ? [{ text: `CMD ["curl", "-f", "${url}"]`, detail: 'curl is in this image' }] : []),
    ...(python
      ? [
          {
            text: `CMD [${pythonProbe(name, url)
              .map((word) => JSON.stringify(word))
              .join(', ')}]`,
            detail: 'needs Python alone',
          },
        ]
      : []),
  ];
}
