/** The stage that a code lens asks for. */
export function targetOf(options: unknown): string | undefined {
  const asked = (options as { readonly options?: { readonly target?: unknown } } | undefined)?.options?.target;
  return typeof asked === 'string' ? asked : undefined;
}
