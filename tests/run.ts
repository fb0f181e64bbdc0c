import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '@/lib/platform/server/build'
import { checkout } from '@/lib/platform/server/environment'
import { requireNode } from '@/lib/platform/server/node-version'
import { generatePrismaClient } from '@/lib/platform/server/prisma-client'
import { listenForSignals, stopping } from '@/lib/platform/server/stopping'
import { findBrowser } from './support/browser'

/** `npm test`: everything that is checked, stage by stage, and one closing summary. */

type Counts = { passed: number; failed: number; skipped: number }
type Outcome = Counts & { name: string; ok: boolean; seconds: number }
type Stage = { name: string; run: () => Promise<Counts | void> }

const reports = mkdtempSync(join(tmpdir(), 'patchbay-reports-'))
const nothing: Counts = { passed: 0, failed: 0, skipped: 0 }

/** The developer's own settings take no part. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(PATCHBAY_|DATABASE_URL$|APP_URL$|PORT$|SANDBOX_PORT$|NODE_ENV$)/.test(name),
  ),
) as NodeJS.ProcessEnv

function run(script: string, parameters: string[], extra: Record<string, string> = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join('node_modules', script), ...parameters], {
      cwd: checkout,
      env: { ...environment, ...extra },
      stdio: 'inherit',
      signal: stopping,
    })
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${script} ended with code ${code}`))))
  })
}

/** Runs a test program; its report counts, whatever its exit code. A red exit code without a failed test is a failure too. */
async function counted(report: string, read: (text: string) => Counts, program: () => Promise<void>): Promise<Counts> {
  const failure = await program().then(
    () => null,
    (error: Error) => error,
  )
  if (!existsSync(report)) throw failure ?? new Error('the test program left no report')
  const counts = read(readFileSync(report, 'utf8'))
  return failure && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

function vitest(project: string): Promise<Counts> {
  const report = join(reports, `${project}.json`)
  return counted(report, readVitest, () =>
    run('vitest/vitest.mjs', [
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ]),
  )
}

function readVitest(text: string): Counts {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(text) as Record<
    string,
    number
  > & { testResults: { status: string; assertionResults: unknown[] }[] }
  // A file that could not even be loaded has no tests to count.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length
  return { passed: numPassedTests!, failed: numFailedTests! + broken, skipped: numPendingTests! + numTodoTests! }
}

async function playwright(): Promise<Counts> {
  const report = join(reports, 'e2e.json')
  const browser = await findBrowser()
  console.log(`Browser: ${browser}`)
  const extra = {
    CHROMIUM_PATH: browser,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    NODE_OPTIONS: '--conditions=react-server',
  }
  return counted(report, readPlaywright, () => run('@playwright/test/cli.js', ['test'], extra))
}

function readPlaywright(text: string): Counts {
  const { stats } = JSON.parse(text) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  }
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
}

const stages: Stage[] = [
  { name: 'generate', run: generatePrismaClient },
  { name: 'format', run: () => run('prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']) },
  { name: 'lint', run: () => run('eslint/bin/eslint.js', ['--max-warnings=0', '.']) },
  { name: 'types', run: checkTypes },
  { name: 'unit', run: () => vitest('unit') },
  { name: 'integration', run: () => vitest('integration') },
  { name: 'build', run: () => buildApp(() => console.log('Building …')) },
  { name: 'end to end', run: playwright },
]

/** The types of routes come from Next; without a build they have to be made first. */
async function checkTypes(): Promise<void> {
  await run('next/dist/bin/next', ['typegen'], { NEXT_TELEMETRY_DISABLED: '1' })
  await run('typescript/bin/tsc', ['--noEmit'])
}

async function perform({ name, run: work }: Stage): Promise<Outcome> {
  console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}\n`)
  const began = Date.now()
  const result = await work().then(
    (counts) => counts ?? nothing,
    (error: Error) => (console.error(error.message), { ...nothing, failed: 1 }),
  )
  return { name, ...result, ok: result.failed === 0, seconds: Math.round((Date.now() - began) / 1000) }
}

function summarise(outcomes: Outcome[]): void {
  console.log(`\n── summary ${'─'.repeat(53)}\n`)
  for (const { name, ok, passed, failed, skipped, seconds } of outcomes) {
    const tests =
      passed + failed + skipped > 0 ? `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}` : ''
    console.log(`${ok ? '✓' : '✗'} ${name.padEnd(12)} ${`${seconds} s`.padStart(6)}  ${tests}`.trimEnd())
  }
  const sum = (part: keyof Counts) => outcomes.reduce((total, outcome) => total + outcome[part], 0)
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
}

const refusal = requireNode()
if (refusal) throw new Error(refusal)
listenForSignals()
const outcomes: Outcome[] = []
for (const stage of stages) if (!stopping.aborted) outcomes.push(await perform(stage))
rmSync(reports, { recursive: true, force: true })
summarise(outcomes)
process.exit(outcomes.every(({ ok }) => ok) && !stopping.aborted ? 0 : 1)
