import type { Document } from '../document.ts';
import type { Finding } from './rule.ts';

/** What `# check=` asks for, or the build argument that takes its place. */
function checkOf(document: Document, buildArgs: Readonly<Record<string, string>>): string | undefined {
  if (document.language !== 'dockerfile') return undefined;
  return buildArgs['BUILDKIT_DOCKERFILE_CHECK'] ?? document.directives.find(({ name }) => name === 'check')?.value;
}

/** With `# check=error=true` a build fails on what BuildKit itself checks: those findings are errors. */
export function asErrors(document: Document, findings: readonly Finding[], buildArgs: Readonly<Record<string, string>>): Finding[] {
  // BuildKit reads no further than the first blank.
  if (!/^(?:\S*;)?error=(?:1|t|T|TRUE|true|True)(?:;|\s|$)/.test(checkOf(document, buildArgs) ?? '')) return [...findings];
  return findings.map((finding) =>
    finding.also.some((id) => id.startsWith('buildkit:')) ? { ...finding, severity: 'error' as const } : finding,
  );
}
