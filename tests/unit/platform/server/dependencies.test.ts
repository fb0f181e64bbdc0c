import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** `npm install --omit=dev` must be enough for `npm start`. */

const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  devDependencies: Record<string, string>
}

/** The packager only runs on a developer's machine, and reports a missing tool itself. */
const packager = 'lib/platform/server/package/'

const sources = ['app', 'components', 'lib']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)))
  .concat('next.config.ts', 'proxy.ts', 'instrumentation.ts', 'instrumentation-client.ts', 'prisma.config.ts')
  .filter((path) => /\.tsx?$/.test(path) && !path.startsWith(packager) && !path.includes('/generated/'))

test('the app, its build and its launcher import no development dependency', () => {
  const imported = sources.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/^(?:import|export) (?!type )[^']*'((?:@[\w-]+\/)?\w[\w.-]*)/gm)].map(
      ([, name = '']) => ({ path, name }),
    ),
  )
  expect(imported.map(({ name }) => name)).toContain('pg')
  expect(imported.filter(({ name }) => Object.hasOwn(devDependencies, name))).toEqual([])
})
