import type { Severity } from '../../lint/rule.ts';

const folder = /(?:^|\/)(?:tests?|testing|__tests__|test[-_]?(?:data|images?|artifacts|configs|resources)|fixtures?|spec|mocks?)\//i;

/**
 * How much an image’s size, age or open version matters in a file whose nearest folders say that it is for tests: nobody ships such an
 * image, and some are old on purpose. To be spread into a problem.
 */
export const aside = (path: string): { readonly severity?: Severity } =>
  folder.test(path.split('/').slice(-6).join('/')) ? { severity: 'info' } : {};
