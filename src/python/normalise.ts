/** The name as PEP 503 compares it. */
export const normalise = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');
