import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildApp } from '@/lib/platform/server/build'
import { checkout, thisPlatform } from '@/lib/platform/server/environment'
import { PlainError, runCommand } from '@/lib/platform/server/plain-error'
import { generatePrismaClient } from '@/lib/platform/server/prisma-client'
import { readFileCommandLine } from './command-line'

const usage = `npm run package -- FOLDER

Creates a folder that runs Patchbay on a machine of this platform: npm start, with only a current Node installed.`

await runCommand(async () => {
  const { file: folder } = readFileCommandLine(usage, [])
  if (!existsSync(join(checkout, 'node_modules/esbuild')))
    throw new PlainError('Creating a package needs the development dependencies: run npm install without --omit=dev.')
  const { makePackage, sizeOf } = await import('@/lib/platform/server/package/make-package')
  await generatePrismaClient()
  await buildApp(() =>
    console.log('Building the app, which takes a minute. Later packages of the same version skip this step …'),
  )
  await makePackage(folder)
  const megabytes = Math.round(sizeOf(folder) / 1024 / 1024)
  console.log(`Created: ${folder} (${megabytes} MB, for ${thisPlatform}). Start it there with npm start.`)
})
