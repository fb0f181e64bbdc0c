import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { program } from '@/tests/support/launcher'

/** `npm start` where the installation is missing or not whole: a sentence, before anything else. */

const home = mkdtempSync(join(tmpdir(), 'patchbay-install-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** A checkout with these installed packages, as links to the real ones. */
function aCheckout(name: string, packages: string[]): string {
  const folder = join(home, name)
  mkdirSync(folder)
  cpSync('package.json', join(folder, 'package.json'))
  cpSync('lib/platform/server', join(folder, 'lib/platform/server'), { recursive: true })
  for (const path of packages) {
    mkdirSync(join(folder, 'node_modules', path, '..'), { recursive: true })
    symlinkSync(join(process.cwd(), 'node_modules', path), join(folder, 'node_modules', path))
  }
  return folder
}

async function start(folder: string) {
  const launcher = program('npm', ['start'], { PATH: process.env.PATH! }, { cwd: folder })
  return { code: await launcher.ended, output: launcher.output() }
}

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }
const all = Object.keys(dependencies)

test.each([
  ['nothing is installed', [], `${all.slice(0, 5).join(', ')} and ${all.length - 5} more`],
  ['one package is missing, after an update', all.filter((name) => name !== 'pg'), 'are not installed: pg.'],
  ['what is optional was left out', all, '@next/swc (optional)'],
])('%s', async (name, packages, says) => {
  const { code, output } = await start(aCheckout(name, packages))
  expect(code).toBe(1)
  expect(output).toContain(says)
  expect(output).toContain('Run npm install in this folder')
  expect(output).not.toMatch(/^\s+at /m)
})

test('with everything installed the start continues', async () => {
  const compiler = readdirSync('node_modules/@next').find((name) => name.startsWith('swc-'))!
  const { output } = await start(aCheckout('whole', [...all, `@next/${compiler}`]))
  expect(output).not.toContain('are not installed')
})
