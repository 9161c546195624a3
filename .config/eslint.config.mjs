import tseslint from 'typescript-eslint';

/** Every budget of lib/README.md that a machine can hold. */
export default tseslint.config(
  { ignores: ['**/node_modules/**', '.config/**', '.output/**', '.wxt/**', '.data/**'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: new URL('..', import.meta.url).pathname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 60, skipComments: true }],
      'no-empty': 'error',
      'eqeqeq': 'error',
      'no-restricted-syntax': ['error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
        { selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML)$/]', message: 'Visitor text is text (law 12): use text nodes.' },
        { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Visitor text is text (law 12): use text nodes.' },
      ],
    },
  },
  {
    files: ['components/**', 'lib/**'],
    rules: { 'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } }] },
  },
  { files: ['**/vite.config.ts', '**/vitest.config.ts', '**/playwright.config.ts'], rules: { 'no-restricted-exports': 'off' } },
  { files: ['tests/**', '**/*.test.ts'], rules: { 'max-lines-per-function': 'off' } },
);
