import { signaturesInDockerfile } from '../../src/assist/dockerfile/signature.ts';
import { offsetAt } from '../../src/text/text.ts';
import type { Feature } from '../feature.ts';

/** How the instruction at the cursor is written. */
export const signatureHelp: Feature = ({ connection, documents }) => {
  connection.onSignatureHelp(({ textDocument: { uri }, position }) => {
    const document = documents.get(uri)?.document;
    if (document?.language !== 'dockerfile') return null;
    const found = signaturesInDockerfile(document, offsetAt(document.source, position));
    if (!found) return null;
    return {
      signatures: found.signatures.map(({ label, parameters }) => ({ label, parameters: parameters.map((each) => ({ label: each })) })),
      activeSignature: 0,
      activeParameter: found.active,
    };
  });
};
