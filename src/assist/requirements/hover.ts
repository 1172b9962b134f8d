import type { World } from '../../lint/rule.ts';
import type { Requirement, Requirements } from '../../python/model.ts';
import { lockBeside, lockedRequirements } from '../../rules/shared/locked.ts';
import { pinCard } from '../cards/pinCard.ts';
import type { Card } from '../model.ts';
import { baseName } from '../../text/paths.ts';

/** What is known about the requirement at a place, in the version that a lock file pins where there is one. */
export function hoverRequirements(file: Requirements, offset: number, { knowledge, files }: World): Card | undefined {
  const found = file.requirements.find(({ span }) => span.start <= offset && offset <= span.end);
  if (!found) return undefined;
  const lock = found.url === undefined ? lockBeside(file, files) : undefined;
  const locked = lock?.packages.get(found.name)?.version;
  const card = pinCard(locked === undefined ? found : { ...found, pinned: locked }, knowledge);
  const pinned =
    lock && locked !== undefined ? `\`${baseName(lock.path)}\` pins **${found.name} ${locked}**${brought(file, found, files)}` : undefined;
  const parts = [pinned, card].filter((part) => part !== undefined);
  return parts.length ? { span: found.span, markdown: parts.join('\n\n') } : undefined;
}

const frameworks = /^(?:torch|tensorflow|jax|jaxlib|onnxruntime|onnxruntime-gpu|vllm|triton|flash-attn|xformers|nvidia-cuda-runtime.*)$/;

/** The frameworks that come with a requirement, which nobody wrote. */
function brought(file: Requirements, { name, group }: Requirement, files: World['files']): string {
  const found = lockedRequirements(file, files).filter(
    (each) => each.via === name && each.group?.name === group?.name && frameworks.test(each.name),
  );
  return found.length ? `, which brings ${found.map((each) => `${each.name} ${each.pinned ?? ''}`).join(', ')}` : '';
}
