import type { Command } from '../../dockerfile/shell/model.ts';

/** Whether a command makes the shell, or starts one, that ends at the first failure: `set -e`, `bash -e`. */
export const endsOnError = ({ name, words }: Command): boolean =>
  (name === 'set' && words.some(({ value }) => /^-\w*e/.test(value) || value === 'errexit')) ||
  (/^(?:ba|da|a|z|k|)sh$/.test(name) && words.some(({ value }) => /^-\w*e/.test(value)));
