import { existsSync, readFileSync } from 'node:fs'
import { dirname, posix, relative, resolve } from 'node:path'

/**
 * The architecture as a lint rule: app → components → lib/<slice> → lib/domain, and what each may import. Each of the
 * `rules` checks one import: `from` is the importing file, `to` the imported one (null for a package), both as paths
 * in the checkout.
 */

const root = resolve(import.meta.dirname, '../..')

/** The modules of lib, from the innermost to the outermost: a module imports only those before it. */
export const libModules = [
  ...['domain', 'platform', 'operations', 'settings'],
  ...['people', 'setup', 'health', 'certificates', 'request-log', 'limits'],
  ...['connectors', 'variables', 'endpoints', 'connector-parameters'],
  'api-keys',
  ...['enablement', 'authentication-methods', 'imports'],
  // The path of a request.
  ...['credentials', 'exchange', 'tokens', 'calls', 'verification'],
  ...['authorisations', 'instances', 'flows', 'trials', 'sandbox', 'search', 'activity'],
  ...['api', 'mcp', 'worker', 'commands'],
]

/** The modules of lib/domain, in the same way. The files in the folder itself come before all of them. */
export const domainModules = [
  ...['dates', 'access', 'templates', 'responses', 'urls', 'content', 'pagination', 'variables', 'history'],
  ...['method-options', 'signatures', 'jwt'],
  ...['authentication', 'requests', 'oauth2', 'oauth1', 'preview', 'flows'],
]

/** Modules that are not slices: they serve all slices, or use several of them. */
const shared = ['domain', 'platform', 'operations', 'sandbox', 'api', 'mcp', 'worker', 'commands']
const domainLibraries = [
  ...[
    'liquidjs',
    'jose',
    'jsonpath-rfc9535',
    'fast-xml-parser',
    'saxes',
    'croner',
    're2js',
    'ipaddr.js',
    '@noble/hashes',
    'http-link-header',
    'zod',
  ],
]
const systemDbFolders = [
  ...['lib/platform', 'lib/worker', 'lib/people', 'lib/request-log', 'lib/setup'],
  // A callback identifies its workspace only by its state, and the jobs work for all workspaces.
  ...['lib/authorisations/find-pending', 'lib/authorisations/sweep-pending-authorisations'],
  ...['lib/certificates/warn-of-expiring-certificates', 'lib/imports/jobs/resume-imports'],
  'lib/imports/jobs/delete-old-imports',
  // A request with a key belongs to the workspace of the key.
  ...['lib/api-keys/find-api-key', 'lib/api-keys/note-key-use'],
  'lib/api/delete-old-idempotency-keys',
  // Workers belong to no workspace.
  'lib/settings/list-workers',
]
const unsealFolders = [
  ...['lib/platform', 'lib/credentials', 'lib/exchange', 'lib/tokens', 'lib/calls', 'lib/verification'],
  ...['lib/authorisations', 'lib/request-log'],
  // Sources of imports, and values that they have for instances.
  'lib/imports/source-chunks',
  'lib/instances/create-imported-instances',
]

const inside = (path, ...folders) =>
  folders.some((folder) => path === folder || path.startsWith(`${folder}/`) || path.replace(/\.tsx?$/, '') === folder)
const moduleOf = (path) => /^lib\/([^/]+)\//.exec(path)?.[1] ?? null
const domainModuleOf = (path) => /^lib\/domain\/([^/]+)\//.exec(path)?.[1] ?? null
const isLater = (order, from, to) => from !== null && to !== null && order.indexOf(to) > order.indexOf(from)
const sliceOf = (path) => {
  const [, folder] = /^lib\/([^/]+)\//.exec(path) ?? []
  return folder && !shared.includes(folder) ? folder : null
}
const isPackage = (name, ...packages) =>
  packages.some((candidate) => name === candidate || name.startsWith(`${candidate}/`))

/** The text of an imported file, empty if the file does not exist. */
function textOf(path) {
  const file = [`${path}.ts`, `${path}.tsx`, path]
    .map((candidate) => resolve(root, candidate))
    .find((candidate) => existsSync(candidate) && /\.tsx?$/.test(candidate))
  return file === undefined ? '' : readFileSync(file, 'utf8')
}

const isServerOnly = (path) => /^import 'server-only'/m.test(textOf(path))
const hasActions = (path) => /^['"]use server['"]/m.test(textOf(path))

/** The operations that a file declares, with the permission that each needs. */
function operationsOf(path) {
  const [, ...declarations] = textOf(path).split(/^export const (?=\w+ = (?:operation|\w+With)\()/m)
  return declarations.map((text) => ({
    name: /^\w+/.exec(text)[0],
    permission: /^\s*permission: '(\w+)'/m.exec(text)?.[1] ?? null,
  }))
}

/**
 * The steps of operations that a file exports. Their first parameter is something that only an operation's runner and
 * `callEndpoint` can pass (lib/domain/access/actor.ts).
 */
export function stepsOf(path) {
  const opening = /^export (?:(?:async )?function (\w+)(?:<[^(]*>)?|const (\w+) = (?:async )?)\(\s*/.source
  const firstParameter = /(?:\w+|\{[^}]*\}): (?:PermittedActor|(?:Pick<)?Context)\b/.source
  const steps = textOf(path).matchAll(new RegExp(opening + firstParameter, 'gm'))
  return [...steps].map(([, declared, assigned]) => declared ?? assigned)
}

/** Where people, programs and scheduled jobs enter. */
const isEntryPoint = (path) =>
  inside(path, 'app', 'components', 'lib/api', 'lib/mcp', 'lib/worker', 'lib/commands') || hasActions(path)

/** Whether one of the imported names is an operation that changes something. */
function changesSomething(path, names) {
  const changing = operationsOf(path).filter(({ permission }) => permission !== 'see')
  return changing.some(({ name }) => names.includes(name) || names.includes('*'))
}

const rules = [
  {
    says: 'lib/domain is pure: it imports only itself and the few libraries that tests/lint/rings.mjs names',
    breaks: ({ from, to, name }) =>
      inside(from, 'lib/domain') && (to === null ? !isPackage(name, ...domainLibraries) : !inside(to, 'lib/domain')),
  },
  {
    says: 'The app never imports from tests/',
    breaks: ({ from, to }) => inside(from, 'app', 'components', 'lib') && to !== null && inside(to, 'tests'),
  },
  {
    says: 'The sandbox speaks each protocol by itself, so that it can tell where the product is wrong: it imports nothing of the product',
    breaks: ({ from, to }) => inside(from, 'tests/sandbox') && to !== null && inside(to, 'app', 'components', 'lib'),
  },
  {
    says: 'Arrows point inwards: lib imports neither app nor components, components never import app',
    breaks: ({ from, to }) =>
      to !== null &&
      ((inside(from, 'lib') && inside(to, 'app', 'components')) || (inside(from, 'components') && inside(to, 'app'))),
  },
  {
    says: `A module of lib imports only those before it: ${libModules.join(', ')}`,
    breaks: ({ from, to }) => to !== null && isLater(libModules, moduleOf(from), moduleOf(to)),
  },
  {
    says: 'Every module of lib has its place in the order (libModules in tests/lint/rings.mjs)',
    breaks: ({ from }) => moduleOf(from) !== null && !libModules.includes(moduleOf(from)),
  },
  {
    says: `A module of lib/domain imports only what lies in the folder itself and the modules before it: ${domainModules.join(', ')}`,
    breaks: ({ from, to }) =>
      to !== null &&
      inside(from, 'lib/domain') &&
      domainModuleOf(to) !== null &&
      (domainModuleOf(from) === null || isLater(domainModules, domainModuleOf(from), domainModuleOf(to))),
  },
  {
    says: 'Every module of lib/domain has its place in the order (domainModules in tests/lint/rings.mjs)',
    breaks: ({ from }) => domainModuleOf(from) !== null && !domainModules.includes(domainModuleOf(from)),
  },
  {
    says: 'Components get data as props: they import no server-only module and no database type',
    breaks: ({ from, to, name }) =>
      inside(from, 'components') &&
      (to === null
        ? isPackage(name, 'server-only')
        : inside(to, 'lib/platform/db', 'lib/platform/crypto', 'lib/platform/env', 'lib/platform/settings') ||
          isServerOnly(to)),
  },
  {
    says: 'components/ui and components/forms know no domain word: they import no slice, no rule and no feature',
    breaks: ({ from, to }) =>
      inside(from, 'components/ui', 'components/forms') &&
      to !== null &&
      (sliceOf(to) !== null ||
        inside(to, 'lib/domain') ||
        (inside(to, 'components') && !inside(to, 'components/ui', 'components/forms'))),
  },
  {
    says: 'Routes read and change through queries and actions, not through the database',
    breaks: ({ from, to, name }) =>
      inside(from, 'app') &&
      (to === null ? isPackage(name, 'pg', '@prisma') : inside(to, 'lib/platform/db', 'lib/platform/crypto')),
  },
  {
    says: "A slice uses another slice's queries and steps, never an operation of it that changes something",
    breaks: ({ from, to, names }) =>
      to !== null &&
      sliceOf(from) !== null &&
      sliceOf(to) !== null &&
      sliceOf(from) !== sliceOf(to) &&
      !hasActions(from.replace(/\.tsx?$/, '')) &&
      changesSomething(to, names),
  },
  {
    says: 'Entry points call operations, never a step of one',
    breaks: ({ from, to, names }) =>
      to !== null && isEntryPoint(from) && stepsOf(to).some((step) => names.includes(step) || names.includes('*')),
  },
  {
    says: 'Only the runner of operations and callEndpoint permit an actor',
    breaks: ({ from, to, names }) =>
      to === 'lib/domain/access/actor' &&
      (names.includes('permit') || names.includes('*')) &&
      !inside(from, 'lib/operations/operation', 'lib/calls/call-endpoint', 'tests'),
  },
  {
    says: 'Server actions are called by components, not by lib',
    breaks: ({ from, to }) => to !== null && inside(from, 'lib') && hasActions(to),
  },
  {
    says: 'Only lib/platform/session imports next-auth',
    breaks: ({ from, to, name }) =>
      to === null && isPackage(name, 'next-auth') && !inside(from, 'lib/platform/session', 'tests'),
  },
  {
    says: 'Requests leave through lib/platform/http only',
    breaks: ({ from, to, name }) =>
      to === null &&
      isPackage(name, 'undici', 'node:http', 'node:https', 'node:net', 'node:tls', 'node:dns') &&
      !inside(from, 'lib/platform/http', 'lib/platform/server', 'lib/platform/door', 'tests'),
  },
  {
    says: 'Mail is sent by lib/platform/mail only',
    breaks: ({ from, to, name }) =>
      to === null && isPackage(name, 'nodemailer') && !inside(from, 'lib/platform/mail', 'tests'),
  },
  {
    says: 'The database drivers stay in lib/platform, lib/worker and lib/commands',
    breaks: ({ from, to, name }) =>
      to === null &&
      isPackage(name, 'pg', 'pg-boss', 'pg-copy-streams', '@prisma') &&
      !inside(
        from,
        'lib/platform/db',
        'lib/platform/jobs',
        'lib/platform/server',
        'lib/worker',
        'lib/commands',
        'tests',
      ),
  },
  {
    says: 'The log is written through lib/platform/log/logger',
    breaks: ({ from, to, name }) =>
      to === null && isPackage(name, 'pino') && !inside(from, 'lib/platform/log', 'tests'),
  },
  {
    says: `systemDb() sees every workspace: only ${systemDbFolders.join(', ')} may use it, everything else workspaceDb()`,
    breaks: ({ from, to, names }) =>
      to === 'lib/platform/db/client' &&
      (names.includes('systemDb') || names.includes('*')) &&
      !inside(from, ...systemDbFolders, 'tests'),
  },
  {
    says: `Secrets are opened in ${unsealFolders.join(', ')} only`,
    breaks: ({ from, to, names }) =>
      to === 'lib/platform/crypto/seal' &&
      (names.includes('unseal') || names.includes('*')) &&
      !inside(from, ...unsealFolders, 'tests'),
  },
]

/** The first rule that an import breaks, or null. */
export function brokenLaw({ from, name, names = [] }) {
  const to = name.startsWith('@/')
    ? name.slice(2)
    : name.startsWith('.')
      ? posix.normalize(posix.join(dirname(from), name))
      : null
  return rules.find((rule) => rule.breaks({ from, to, name, names }))?.says ?? null
}

const importedNames = (node) =>
  (node.specifiers ?? []).map((specifier) => {
    if (specifier.type === 'ImportNamespaceSpecifier') return '*'
    return specifier.imported?.name ?? specifier.local?.name ?? ''
  })

export const ringsRule = {
  meta: { type: 'problem', schema: [], docs: { description: 'Imports follow the rings of the architecture' } },
  create(context) {
    const from = relative(root, context.filename).replaceAll('\\', '/')
    const check = (node, source, names) => {
      if (typeof source?.value !== 'string') return
      const says = brokenLaw({ from, name: source.value, names })
      if (says) context.report({ node: source, message: `${says}.` })
    }
    return {
      Program(node) {
        if (/(^|\/)index\.tsx?$/.test(from))
          context.report({ node, message: 'No barrels: import the file that defines it.' })
        const [, base = ''] = /([^/]+?)(\.(test|spec|d|bench))?\.[cm]?[jt]sx?$/.exec(from) ?? []
        if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.config)?$/.test(base))
          context.report({ node, message: 'File names are kebab-case.' })
      },
      ImportDeclaration: (node) => check(node, node.source, importedNames(node)),
      ExportNamedDeclaration: (node) => check(node, node.source, importedNames(node)),
      ExportAllDeclaration: (node) => check(node, node.source, ['*']),
      ImportExpression: (node) => check(node, node.source, ['*']),
    }
  },
}
