/** A text as a regular expression (without the flag `u`) that matches it and nothing else. */
export const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
