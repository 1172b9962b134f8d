import { entry, get, items, text, type MapNode, type Node } from '../../compose/model.ts';
import { programOf } from '../../dockerfile/shell/scripts.ts';
import { parseShell } from '../../dockerfile/shell/parse.ts';
import type { Command } from '../../dockerfile/shell/model.ts';
import { imageFacts, serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule, type World } from '../../lint/rule.ts';
import { serviceBuild, serviceImage } from '../shared/composeImage.ts';
import { lacks, probedUrl, probeTool, pythonProbe, type ProbeTool } from '../shared/probe.ts';
import type { ComposeFile } from '../../compose/model.ts';

export default composeRule({
  id: 'healthcheck-tool-missing',
  severity: 'warning',
  quiet: 'Compose takes the file: an error is what it refuses before it starts anything.',
  title: 'Check health with a tool that is in the image',
  why: 'The check runs inside the container. When the image has no curl or wget, it fails every time, the service stays unhealthy, and whatever waits for it with `condition: service_healthy` never starts.',
  looksAt: ['image', 'build', 'healthcheck'],
  examples: [
    {
      bad: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    healthcheck:\n      test: «curl -f http://localhost:5000/health»\n',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    healthcheck:\n      test: ["CMD", "python", "-c", "import urllib.request; urllib.request.urlopen(\'http://localhost:5000/health\', timeout=4)"]\n',
    },
    {
      title: 'the image is built here',
      files: { 'api/Dockerfile': 'FROM python:3.12-slim\nCMD ["python", "app.py"]\n' },
      bad: 'services:\n  api:\n    build: ./api\n    healthcheck:\n      test: «["CMD", "curl", "-f", "http://localhost:8000/"]»\n',
    },
    {
      title: 'an image that is not known',
      good: 'services:\n  api:\n    image: company.example/api:1\n    healthcheck:\n      test: curl -f http://localhost:8000/\n',
    },
    {
      title: 'an image that has it',
      good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    shm_size: 8gb\n    healthcheck:\n      test: curl -f http://localhost:8000/health\n',
    },
  ],
  *check(file, world) {
    for (const { node } of file.services) {
      const test = entry(get(node, 'healthcheck'), 'test');
      if (!test || test.merged) continue;
      const found = probeTool(commands(test.value));
      const missing = found && missingIn(found.tool, file, node, world);
      if (!missing) continue;
      const url = probedUrl(found.command);
      const known = missing.test;
      const instead = known ?? (missing.python && url ? ['CMD', ...pythonProbe('python', url)] : undefined);
      yield {
        span: test.value.span,
        message: `${missing.image} has no ${found.tool}: the check fails every time.${instead ? '' : ` Use a tool that is in the image.`}`,
        fixes: instead
          ? [
              {
                title: known ? 'Use the check that works in this image' : 'Let Python ask',
                safe: true,
                edits: [{ span: test.value.span, text: `[${instead.map((part) => JSON.stringify(part)).join(', ')}]` }],
              },
            ]
          : [],
      };
    }
  },
});

/** The commands of `test`: a string and `CMD-SHELL` go through the shell, `CMD` does not. */
function commands(test: Node): readonly Command[] {
  const parts = items(test).map((item) => text(item) ?? '');
  const [kind, ...rest] = parts;
  if (test.kind === 'scalar' || kind === 'CMD-SHELL')
    return parseShell((test.kind === 'scalar' ? parts : rest).join(' '), () => test.span.start).commands;
  if (kind !== 'CMD') return [];
  const words = rest.map((value) => ({ text: value, value, dynamic: false, quoted: true, span: test.span }));
  const command: Command = {
    name: rest[0] ?? '',
    words,
    assignments: [],
    redirects: [],
    joint: 'first',
    depth: 0,
    under: [],
    substituted: false,
    span: test.span,
  };
  return programOf(command).length ? [command] : [];
}

function missingIn(
  tool: ProbeTool,
  file: ComposeFile,
  service: MapNode,
  world: World,
): { readonly image: string; readonly python: boolean; readonly test?: readonly string[] } | undefined {
  const built = serviceBuild(file, service, world);
  if (built) {
    const missing = lacks(tool, world.knowledge, built.dockerfile, built.stage, built.buildArgs);
    return (
      missing && {
        image: `The image of ${built.dockerfile.source.path} («${missing.image}»)`,
        python: missing.facts.python !== undefined && missing.facts.python !== 'none',
      }
    );
  }
  const image = serviceImage(service);
  if (image === undefined) return undefined;
  const base = imageFacts(world.knowledge, image);
  const known = serviceFacts(world.knowledge, image);
  if (base?.sure === 'certain' && base.tools[tool] === false)
    return { image: `«${image}»`, python: known?.tools?.['python'] === true || (base.python !== undefined && base.python !== 'none') };
  if (known?.sure !== 'certain' || known.tools?.[tool] !== false || !known.images.some((name) => image.startsWith(name))) return undefined;
  return { image: `«${image}»`, python: known.tools['python'] === true, ...(known.health?.test ? { test: known.health.test } : {}) };
}
