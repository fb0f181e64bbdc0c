import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkout, packagedFor } from './environment'
import { fingerprint } from './fingerprint'
import { runTool } from './run-tool'

const stamp = join(checkout, 'lib/platform/db/generated/.fingerprint')

/** Generates the Prisma client, unless it exists already for this schema and this version of Prisma. */
export async function generatePrismaClient(): Promise<void> {
  if (packagedFor !== null) return
  const wanted = fingerprint(['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json'])
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  // Generating needs no schema engine, but the command looks for one and would try to download it.
  await runTool('prisma/build/index.js', ['generate'], {
    PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  })
  writeFileSync(stamp, wanted)
}
