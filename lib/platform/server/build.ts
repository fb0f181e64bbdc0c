import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkout, packagedFor } from './environment'
import { fingerprint } from './fingerprint'
import { runTool } from './run-tool'

const sources = [
  'app',
  'components',
  'lib',
  'public',
  'prisma',
  'instrumentation.ts',
  'instrumentation-client.ts',
  'proxy.ts',
  'next.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]
/** Folders within the sources that are not part of the build. */
const besideTheApp = ['lib/platform/server', 'lib/platform/db/generated', 'prisma/migrations']
const stamp = join(checkout, '.next/fingerprint')

/** Builds the app, unless the existing build was made from these sources, this lockfile and this version of Node. */
export async function buildApp(announce: () => void): Promise<void> {
  if (packagedFor !== null) return
  const wanted = fingerprint(sources, besideTheApp)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  announce()
  rmSync(stamp, { force: true })
  await runTool('next/dist/bin/next', ['build'], { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' })
  writeFileSync(stamp, wanted)
}
