import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The programs of the MCP project that test a server, started with the Node that runs the tests. */

type Ended = { code: number; output: string; errors: string }

function run(script: string, parameters: string[], home?: string): Promise<Ended> {
  const env = { ...process.env, ...(home !== undefined && { HOME: home }) }
  const options = { maxBuffer: 64 * 1024 * 1024, timeout: 150_000, env }
  return new Promise((resolve) =>
    execFile(
      process.execPath,
      [`node_modules/@modelcontextprotocol/${script}`, ...parameters],
      options,
      (error, ...out) => resolve({ code: error ? Number(error.code ?? 1) : 0, output: out[0], errors: out[1] }),
    ),
  )
}

/** The inspector without its page, which would store things at home. Its result is the JSON that the server returned. */
export async function inspect(url: string, key: string, parameters: string[]): Promise<Record<string, unknown>> {
  const server = ['--cli', url, '--transport', 'http', '--header', `Authorization: Bearer ${key}`]
  return inFolder(async (home) => {
    const script = 'inspector/clients/launcher/build/index.js'
    const { code, output, errors } = await run(script, [...server, ...parameters], home)
    if (code !== 0) throw new Error(`The inspector ended with ${code}: ${errors}`)
    return JSON.parse(output) as Record<string, unknown>
  })
}

type Check = { id: string; status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO'; errorMessage?: string }

/** Of the conformance suite: each check of each scenario, as `scenario: check`. */
export type Conformance = { passed: string[]; failed: string[]; reasons: string[] }

/** Runs exactly what a revision requires of a server, frozen at its release. */
export function checkConformance(url: string, revision: string): Promise<Conformance> {
  return inFolder(async (folder) => {
    const { output } = await run('conformance/dist/index.js', [
      ...['server', '--url', url, '--requirements', revision, '--output-dir', folder],
    ])
    const scenarios = await readdir(folder)
    if (scenarios.length === 0) throw new Error(`The conformance suite did not run: ${output}`)
    const checks = await Promise.all(scenarios.map((scenario) => checksOf(folder, scenario)))
    return sorted(checks.flat())
  })
}

async function inFolder<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-mcp-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

type Named = Check & { name: string }

/** The folder of a scenario is `server-<scenario>-<time>`. */
async function checksOf(folder: string, scenario: string): Promise<Named[]> {
  const name = scenario.replace(/^server-/, '').replace(/-\d{4}-\d\d-\d\dT.*$/, '')
  const checks = JSON.parse(await readFile(join(folder, scenario, 'checks.json'), 'utf8')) as Check[]
  return checks.map((check) => ({ ...check, name: `${name}: ${check.id}` }))
}

function sorted(checks: readonly Named[]): Conformance {
  const failed = checks.filter(({ status }) => status === 'FAILURE')
  const passed = checks.filter(({ status }) => status === 'SUCCESS')
  return {
    passed: passed.map(({ name }) => name).sort(),
    failed: [...new Set(failed.map(({ name }) => name))].sort(),
    reasons: failed.map(({ name, errorMessage }) => `${name}: ${errorMessage}`),
  }
}
