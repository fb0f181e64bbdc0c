import next from 'eslint-config-next/core-web-vitals'
import typescript from 'typescript-eslint'
import { ringsRule } from './tests/lint/rings.mjs'

const restrictedSyntax = {
  environment: {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'lib/platform/env.ts is the only reader of the environment.',
  },
  fetch: {
    selector: "CallExpression[callee.name='fetch'], MemberExpression[object.name='globalThis'][property.name='fetch']",
    message: 'Requests leave through lib/platform/http only.',
  },
  rawQuery: {
    selector:
      'TaggedTemplateExpression[tag.property.name=/^\\$(query|execute)Raw$/]' +
      ':has(TemplateElement[value.raw=/(FROM|JOIN|UPDATE|INTO) "/]):not(:has(TemplateElement[value.raw=/workspaceId/]))',
    message: 'A raw query names its workspace: workspaceDb() cannot add it to SQL.',
  },
  unsafeQuery: {
    selector: 'MemberExpression[property.name=/^\\$(query|execute)RawUnsafe$/]',
    message: 'Values go into SQL as parameters.',
  },
  permitted: {
    selector: 'TSAsExpression > TSTypeReference > Identifier[name=/^(PermittedActor|Context)$/]',
    message: 'Only permit() lets an actor through, and only the runner of operations makes a context.',
  },
  sealed: {
    selector: 'TSAsExpression > TSTypeReference > Identifier[name=/^Sealed$/]',
    message: 'Only seal() makes what is sealed; sealedIn() reads it from a row.',
  },
  clock: {
    selector:
      "NewExpression[callee.name='Date'][arguments.length=0], MemberExpression[object.name='Date'][property.name='now']",
    message: 'lib/domain has no clock: the time is an argument.',
  },
  action: {
    selector: 'CallExpression[callee.name=/^(?!use).+Action$/]',
    message: 'Server actions are called through useAction: a lost connection must not cost what was typed.',
  },
  random: {
    selector: "MemberExpression[object.name='Math'][property.name='random'], MemberExpression[object.name='crypto']",
    message: 'lib/domain has no randomness: it is an argument.',
  },
}

const forbid = (...names) => ({ 'no-restricted-syntax': ['error', ...names.map((name) => restrictedSyntax[name])] })

export default typescript.config(
  {
    ignores: [
      '**/.next/**',
      '.patchbay/**',
      'node_modules/**',
      'lib/platform/db/generated/**',
      'next-env.d.ts',
      'test-results/**',
      'playwright-report/**',
      'public/**',
    ],
  },
  ...next,
  ...typescript.configs.recommended,
  {
    plugins: { patchbay: { rules: { rings: ringsRule } } },
    rules: {
      'patchbay/rings': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { files: ['lib/**'], rules: forbid('environment', 'fetch', 'rawQuery', 'unsafeQuery', 'permitted', 'sealed') },
  { files: ['lib/platform/crypto/seal.ts'], rules: forbid('environment', 'fetch', 'permitted') },
  {
    files: ['app/**', 'components/**'],
    rules: forbid('environment', 'fetch', 'rawQuery', 'unsafeQuery', 'permitted', 'action'),
  },
  { files: ['lib/domain/**'], rules: forbid('environment', 'fetch', 'clock', 'random') },
  { files: ['lib/platform/http/**'], rules: forbid('environment', 'rawQuery', 'unsafeQuery') },
  // People, throttling and set-up belong to no workspace; partitions have computed names.
  { files: ['lib/platform/session/**', 'lib/setup/**'], rules: forbid('environment', 'fetch', 'unsafeQuery') },
  { files: ['lib/platform/db/**', 'lib/worker/**'], rules: forbid('environment', 'fetch', 'permitted') },
  // The launcher hands the environment on, and waits for the app to answer.
  {
    files: ['lib/platform/env.ts', 'lib/platform/server/**', 'lib/commands/**'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  // React's rules take every function called `use` for a hook.
  { files: ['lib/**', 'tests/**'], rules: { 'react-hooks/rules-of-hooks': 'off' } },
)
