import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** `npm install --omit=dev` is enough for `npm start`. */

const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  devDependencies: Record<string, string>
}

/** Made on a developer's machine: the packager says so itself where its tool is missing. */
const besideTheApp = 'lib/platform/server/package/'

const sources = ['app', 'components', 'lib']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)))
  .concat('next.config.ts', 'proxy.ts', 'instrumentation.ts', 'instrumentation-client.ts', 'prisma.config.ts')
  .filter((path) => /\.tsx?$/.test(path) && !path.startsWith(besideTheApp) && !path.includes('/generated/'))

test('what the app, its build and its launcher import is no development dependency', () => {
  const imported = sources.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/^(?:import|export) (?!type )[^']*'((?:@[\w-]+\/)?\w[\w.-]*)/gm)].map(
      ([, name = '']) => ({ path, name }),
    ),
  )
  expect(imported.map(({ name }) => name)).toContain('pg')
  expect(imported.filter(({ name }) => name in devDependencies)).toEqual([])
})
