/** The name and the value of a shell assignment, `NAME=value`; undefined for other words. */
export function assignment(word: string): readonly [name: string, value: string] | undefined {
  const [, name, value = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
  return name === undefined ? undefined : [name, value];
}
