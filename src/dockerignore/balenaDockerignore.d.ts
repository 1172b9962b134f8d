declare module '@balena/dockerignore' {
  interface Matcher {
    add(patterns: string): Matcher;
    ignores(path: string): boolean;
  }
  export default function dockerignore(options: { readonly ignorecase: boolean }): Matcher;
}
