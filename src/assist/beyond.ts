import { placeAt } from './compose/place.ts';
import { nodeAt } from './compose/node.ts';
import type { ComposeFile } from '../compose/model.ts';
import type { Document } from '../document.ts';
import type { Finding } from '../lint/rule.ts';
import { textBefore } from '../text/text.ts';
import type { Assist } from './besides.ts';
import type { Card, Completion } from './model.ts';

// What is left to say beside other extensions: all that they do not have.

/** Whether an assist is given by another extension, for the document at hand. */
type Has = (assist: Assist) => boolean;

/** The completions that the others lack: they know instructions, a few flags, variables and keys, but no values. */
export function beyondUsual(document: Document, offset: number, items: readonly Completion[], has: Has): readonly Completion[] {
  switch (document.language) {
    case 'dockerfile': {
      if (!has('completion')) return items;
      const copies = /--from=\S*$/.test(textBefore(document.source, offset));
      return items.filter(({ kind, label }) => {
        if (kind === 'keyword') return label.startsWith('check');
        if (kind === 'variable') return !label.startsWith('$');
        if (kind === 'stage') return !copies;
        return !(kind === 'property' && usualFlags.test(label)) && !(kind === 'folder' && label.startsWith('/') && !copies);
      });
    }
    case 'compose': {
      if (has('keys')) return items.filter(({ kind }) => kind !== 'property' && kind !== 'enum');
      if (!has('commonKeys')) return items;
      const path = placeAt(document.source, offset)?.path ?? [];
      return items.filter(
        ({ kind, label }) => !(kind === 'property' ? isCommon([...path, label]) : kind === 'snippet' && /containerP/.test(label)),
      );
    }
    case 'catalogue':
      // Our schema is in what the extension brings: it knows keys and the words to choose from.
      return has('keys') ? items.filter(({ kind }) => kind === 'value') : items;
    default:
      return items;
  }
}

const usualFlags = /^--(?:chown|from|platform|interval|timeout|start-period|retries)=/;

/** The keys that Container Tools completes. */
const isCommon = (path: readonly string[]): boolean =>
  /^(?:version|services|volumes|networks|secrets|configs|services\/[^/]+\/(?:build(?:\/(?:args|context|dockerfile|labels|network|target))?|command|container_name|depends_on|entrypoint|env_file|environment|expose|healthcheck|image|labels|networks|ports|profiles|pull_policy|volumes))$/.test(
    path.join('/'),
  );

/** The keys that it explains. */
const isExplained = (path: readonly string[]): boolean =>
  /^(?:version|(?:services|configs|secrets)|(?:networks|volumes)(?:\/[\w.-]+\/driver)?|services\/[\w.-]+\/(?:build(?:\/(?:args|context|dockerfile))?|command|container_name|depends_on|entrypoint|env_file|environment|expose|healthcheck|image|labels|logging|networks|ports|profiles|secrets|user|volumes|working_dir))$/i.test(
    path.join('/'),
  );

/** A card, unless another extension shows one of the same content. */
export function beyondHover(document: Document, offset: number, card: Card | undefined, has: Has): Card | undefined {
  if (!card?.usual || has('hover')) return card?.usual ? undefined : card;
  if (document.language !== 'compose' || !has('commonHover')) return card;
  const path = nodeAt(document, offset)?.path;
  return path && isExplained(path) ? undefined : card;
}

/** The findings without the mistakes in the YAML that another extension reports at the same place. */
export function beyondYaml(document: Document, findings: readonly Finding[], has: Has): readonly Finding[] {
  if (document.language !== 'compose' || !document.faults.length) return findings;
  const said = new Set(saidMistakes(document, has).map(({ span }) => span.start));
  return said.size ? findings.filter(({ rule, span }) => rule !== 'syntax' || !said.has(span.start)) : findings;
}

function saidMistakes({ faults, documents }: ComposeFile, has: Has): ComposeFile['faults'] {
  const yaml = faults.filter((fault) => fault.yaml !== undefined);
  if (has('yaml')) return yaml;
  const second = documents[1]?.span.start ?? Infinity;
  if (has('yamlOfFirst')) return yaml.filter(({ yaml: code, span }) => code !== 'BAD_ALIAS' && span.start < second);
  const [first] = yaml.toSorted((a, b) => a.span.start - b.span.start);
  return has('firstYaml') && (first?.yaml === 'TAB_AS_INDENT' || first?.yaml === 'DUPLICATE_KEY') ? [first] : [];
}
