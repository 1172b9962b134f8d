import { relative } from 'node:path';
import tseslint from 'typescript-eslint';
import { breach } from './import-law.js';

// The import law, said at the import that breaks it.
const importLaw = {
  create: (context) => {
    const file = relative(import.meta.dirname, context.filename).replaceAll('\\', '/');
    const check = ({ source }) => {
      const message = source && breach(file, source.value);
      if (message) context.report({ node: source, message });
    };
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check };
  },
};

export default tseslint.config(
  { ignores: ['out/', 'dist/', 'node_modules/', 'examples/', '**/*.js', '**/*.mjs'] },
  ...tseslint.configs.strictTypeChecked,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { local: { rules: { 'import-law': importLaw } } },
    rules: {
      'local/import-law': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
    },
  },
  { files: ['scripts/**/*.ts', 'test/**/*.ts', 'cli/main.ts'], rules: { 'no-console': 'off' } },
  // node:test returns promises that its runner awaits.
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-floating-promises': 'off', '@typescript-eslint/require-await': 'off' } },
);
