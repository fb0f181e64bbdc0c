import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { findPostmaster, freePort, isPostgres } from '@/lib/platform/server/built-in-postgres/postmaster'
import { npm, program, type Launcher } from '@/tests/support/launcher'

// `npm run package`: of the build that is there already, into a folder from which nothing of the checkout can be found.
// Each starts several programs one after the other.
test.describe.configure({ mode: 'serial', timeout: 180_000 })

/**
 * What is in it: 60 MB of Postgres, 28 MB of packages, 20 MB of build, 7 MB of programs. What must not come along is larger
 * than what is left to the bound: the Prisma CLI, TypeScript, a browser, a second Node.
 */
const mostMegabytes = 130

const home = mkdtempSync(join(tmpdir(), 'patchbay-package-'))
const folder = join(home, 'app')
const data = join(home, 'data')
const backup = join(home, 'backup.gz')
let port = 0
test.beforeAll(async () => {
  chmodSync(home, 0o711)
  port = await freePort()
})
test.afterAll(() => rmSync(home, { recursive: true, force: true }))

/** A command of the package, with this Node as the machine's only one. */
function inPackage(parameters: string[], input = ''): Launcher {
  const environment = {
    PATCHBAY_DATA_DIR: data,
    PORT: String(port),
    PATH: `${join(process.execPath, '..')}:/usr/bin:/bin`,
  }
  return program('npm', parameters, { ...environment, NODE_PATH: '' }, { cwd: folder, input })
}

async function run(parameters: string[], input = ''): Promise<{ code: number | null; output: string }> {
  const command = inPackage(['run', ...parameters], input)
  return { code: await command.ended, output: command.output() }
}

const page = () => fetch(`http://localhost:${port}/`, { signal: AbortSignal.timeout(30_000) })

test('the created folder contains what it needs, and its size is printed', async () => {
  const made = npm(['run', 'package', '--', folder], {})
  expect(await made.ended, made.output()).toBe(0)
  const megabytes = Number(/\((\d+) MB, for /.exec(made.output())?.[1])
  expect(megabytes).toBeGreaterThan(50)
  expect(megabytes).toBeLessThan(mostMegabytes)
  expect(readdirSync(home)).toEqual(['app'])
})

test('no development tool, browser, Prisma CLI or second Node is in it', () => {
  const packages = readdirSync(join(folder, 'node_modules'), { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('package.json'))
    .map((path) => path.slice(0, -'/package.json'.length))
  expect(packages).toContain('pg')
  const unwanted =
    /(^|\/)(prisma|@prisma\/(engines|studio-core|dev)|typescript|tsx|esbuild|@next\/swc-.*|eslint.*|prettier|vitest|@playwright\/.*|playwright.*|@sparticuz\/.*|node-linux-.*|@types\/.*|sharp|tailwindcss)$/
  expect(packages.filter((name) => unwanted.test(name))).toEqual([])
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(
    files.filter(({ name }) =>
      /^(node|chrome|chromium|headless_shell|schema-engine-(debian|rhel|linux|darwin).*|.*\.map)$/.test(name),
    ),
  ).toEqual([])
})

test('no file names the checkout', () => {
  const { stdout } = spawnSync('grep', ['-rlF', '--', process.cwd(), folder], { encoding: 'utf8' })
  expect(stdout).toBe('')
})

test('the thread that reads large bodies runs in it', () => {
  const ask = `
    const { Worker } = require('node:worker_threads')
    const thread = new Worker('./programs/body-thread.mjs')
    const body = new TextEncoder().encode('[' + '{"id":1},'.repeat(50_000) + '{"id":1}]')
    thread.on('message', (reply) => {
      const input = { body, dataPath: '$[*]', secrets: [], fieldNames: [] }
      if (reply.ready) return thread.postMessage({ name: 'show_body', input })
      process.stdout.write(JSON.stringify(reply.value?.recordCount ?? reply))
      process.exit()
    })`
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', ask], { cwd: folder, encoding: 'utf8' })
  expect({ stdout, stderr }).toEqual({ stdout: '50001', stderr: '' })
})

test('the process that reads imports runs in it', () => {
  const ask = `
    const { spawn } = require('node:child_process')
    const { deserialize, serialize } = require('node:v8')
    const stdio = ['ignore', 'inherit', 'inherit', 'pipe', 'pipe']
    const child = spawn(process.execPath, ['./programs/import-process.mjs'], { stdio, env: {} })
    const paths = { '/orders': { get: { summary: 'List orders' } } }
    const source = [Buffer.from(JSON.stringify({ openapi: '3.1.0', info: { title: 'Acme', version: '1' }, paths }))]
    const reply = (value) => {
      const body = serialize(value)
      const length = Buffer.alloc(4)
      length.writeUInt32LE(body.byteLength)
      child.stdio[3].write(Buffer.concat([length, body]))
    }
    reply('')
    child.stdio[4].on('data', (bytes) => {
      const { ask, items, end } = deserialize(bytes.subarray(4))
      if (end) process.stdout.write(JSON.stringify(end.head?.name ?? end))
      if (end) return process.exit(child.kill() ? 0 : 1)
      if (ask === 'store') process.stdout.write(items.count + ' ')
      reply(ask === 'next' ? (source.pop() ?? null) : null)
    })`
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', ask], { cwd: folder, encoding: 'utf8' })
  expect({ stdout, stderr }).toEqual({ stdout: '2 "Acme"', stderr: '' })
})

test('it starts by itself, serves, and its commands work beside it', async () => {
  const start = inPackage(['start'])
  await start.printed(/Patchbay is ready/)
  const setUp = await page()
  expect(setUp.status).toBe(200)
  const html = await setUp.text()
  expect(html).toContain('<title>Set up')
  for (const [path] of html.matchAll(/\/_next\/static\/[^"\\]+\.(?:js|css)/g))
    expect((await fetch(`http://localhost:${port}${path}`)).status, path).toBe(200)

  const person = ['--email', 'dana@example.com', '--person', 'Dana']
  const made = await run(['workspace', '--', 'add', '--name', 'Acme', ...person], 'correct-horse-battery\n')
  expect(made, made.output).toMatchObject({ code: 0 })
  expect((await run(['user', '--', 'list'])).output).toContain('dana@example.com')
  expect((await run(['keys', '--', 'status'])).output).toMatch(/ +1 +seals$/m)
  expect((await run(['backup', '--', backup])).output).toContain(`Written: ${backup}`)
  expect(statSync(backup).mode & 0o777).toBe(0o600)
  const worker = inPackage(['run', 'worker'])
  await worker.printed(/The worker is ready/)
  worker.signal('SIGTERM')
  expect(await worker.ended, worker.output()).toBe(0)
  const refused = await run(['restore', '--', backup])
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('Patchbay is running') })

  const { pid } = findPostmaster(join(data, 'postgres')) ?? { pid: 0 }
  expect(isPostgres(pid)).toBe(true)
  start.signal('SIGTERM')
  await start.ended
  expect(start.output()).not.toContain('has ended by itself')
  await expect.poll(() => isPostgres(pid)).toBe(false)
})

test('its backup is restored into a fresh data folder', async () => {
  const keys = readFileSync(join(data, 'encryption-keys'), 'utf8')
  rmSync(data, { recursive: true })
  mkdirSync(data, { mode: 0o711 })
  writeFileSync(join(data, 'encryption-keys'), keys, { mode: 0o600 })
  const restored = await run(['restore', '--', backup])
  expect(restored.output).toMatch(/Restored: \d+ rows/)
  expect((await run(['user', '--', 'list'])).output).toContain('dana@example.com')
})

test('it is not created over other files, and does not start on another platform or with an old Node', async () => {
  const again = npm(['run', 'package', '--', folder], {})
  expect(await again.ended).toBe(1)
  expect(again.output()).toContain(`${folder} is not empty`)

  const manifest = join(folder, 'package.json')
  const text = readFileSync(manifest, 'utf8')
  writeFileSync(manifest, text.replace(/"packagedFor": "[^"]+"/, '"packagedFor": "plan9-mips"'))
  const elsewhere = inPackage(['start'])
  expect(await elsewhere.ended).toBe(1)
  expect(elsewhere.output()).toContain('This package is for plan9-mips')
  writeFileSync(manifest, text)
})
