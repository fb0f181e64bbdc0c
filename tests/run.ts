import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '@/lib/platform/server/build'
import { checkout } from '@/lib/platform/server/environment'
import { requireNode } from '@/lib/platform/server/node-version'
import { generatePrismaClient } from '@/lib/platform/server/prisma-client'
import { listenForSignals, stopping } from '@/lib/platform/server/stopping'
import { findBrowser } from './support/browser'

/**
 * `npm test`: all checks, stage by stage, and a summary at the end. `npm run test:quick` skips everything that needs a
 * database or a browser, and the unit tests that no change affects.
 */

type Counts = { passed: number; failed: number; skipped: number }
type Outcome = Counts & { name: string; ok: boolean; seconds: number }
/** Where the programs of a stage write. */
type Output = 'inherit' | { write: (text: string) => void }
type Stage = { name: string; run: (output: Output) => Promise<Counts | void> }
/** Lanes that run in parallel. The stages of a lane run one after the other. */
type Round = Stage[][]

const quick = process.argv.includes('--quick')
const reports = mkdtempSync(join(tmpdir(), 'patchbay-reports-'))
const nothing: Counts = { passed: 0, failed: 0, skipped: 0 }

/** Without this, programs write no colours into a pipe. */
const colours: Record<string, string> = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}

/** Without the developer's own settings, which must not affect the tests. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(PATCHBAY_|DATABASE_URL$|APP_URL$|PORT$|SANDBOX_PORT$|NODE_ENV$)/.test(name),
  ),
) as NodeJS.ProcessEnv

function run(output: Output, script: string, parameters: string[], extra: Record<string, string> = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join('node_modules', script), ...parameters], {
      cwd: checkout,
      env: { ...environment, ...(output !== 'inherit' && colours), ...extra },
      stdio: output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      signal: stopping,
    })
    if (output !== 'inherit')
      for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', output.write)
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${script} ended with code ${code}`))))
  })
}

/**
 * Runs a test program and reads its report. An exit code other than 0 counts as one failure if no test failed.
 */
async function counted(report: string, read: (text: string) => Counts, program: () => Promise<void>): Promise<Counts> {
  const failure = await program().then(
    () => null,
    (error: Error) => error,
  )
  if (!existsSync(report)) throw failure ?? new Error('the test program left no report')
  const counts = read(readFileSync(report, 'utf8'))
  return failure && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

function vitest(output: Output, project: string, more: string[] = []): Promise<Counts> {
  const report = join(reports, `${project}.json`)
  return counted(report, readVitest, () =>
    run(output, 'vitest/vitest.mjs', [
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...more,
    ]),
  )
}

function readVitest(text: string): Counts {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(text) as Record<
    string,
    number
  > & { testResults: { status: string; assertionResults: unknown[] }[] }
  // A file that could not be loaded has no tests, but must count as a failure.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length
  return { passed: numPassedTests!, failed: numFailedTests! + broken, skipped: numPendingTests! + numTodoTests! }
}

async function playwright(output: Output): Promise<Counts> {
  const report = join(reports, 'e2e.json')
  const browser = await findBrowser()
  console.log(`Browser: ${browser}`)
  const extra = {
    CHROMIUM_PATH: browser,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    NODE_OPTIONS: '--conditions=react-server',
  }
  return counted(report, readPlaywright, () => run(output, '@playwright/test/cli.js', ['test'], extra))
}

function readPlaywright(text: string): Counts {
  const { stats } = JSON.parse(text) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  }
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
}

const generate: Stage = { name: 'generate', run: generateSources }
const format: Stage = {
  name: 'format',
  run: (output) =>
    run(output, 'prettier/bin/prettier.cjs', ['--check', '--log-level=warn', ...cached('prettier'), '.']),
}
const lint: Stage = {
  name: 'lint',
  // Some rules use the types of other files, whose changes the cache does not notice.
  run: (output) => run(output, 'eslint/bin/eslint.js', ['--max-warnings=0', ...(quick ? cached('eslint') : []), '.']),
}
const types: Stage = { name: 'types', run: (output) => run(output, 'typescript/bin/tsc', ['--noEmit']) }
/** Two lanes, because each program uses one core. */
const statics: Round = [[lint], [format, types]]

const everything: Round[] = [
  [[generate]],
  statics,
  [[{ name: 'unit', run: (output) => vitest(output, 'unit') }]],
  [[{ name: 'integration', run: (output) => vitest(output, 'integration') }]],
  [[{ name: 'build', run: () => buildApp(() => console.log('Building …')) }]],
  [[{ name: 'end to end', run: playwright }]],
]
const whatChanged: Round[] = [
  [[generate]],
  statics,
  [[{ name: 'unit', run: (output) => vitest(output, 'unit', sinceMain()) }]],
]

function cached(tool: string): string[] {
  return ['--cache', `--cache-location=node_modules/.cache/${tool}/`]
}

/** Also generates the types of the routes, which Next otherwise creates during a build. */
async function generateSources(output: Output): Promise<void> {
  await generatePrismaClient()
  await run(output, 'next/dist/bin/next', ['typegen'], { NEXT_TELEMETRY_DISABLED: '1' })
}

/** Limits the tests to those of changes since main, committed or not. Without changes or without git, all tests run. */
function sinceMain(): string[] {
  const git = (...parameters: string[]) => spawnSync('git', parameters, { cwd: checkout, encoding: 'utf8' })
  const base = git('merge-base', 'HEAD', 'main')
  const since = base.status === 0 ? base.stdout.trim() : 'HEAD'
  const hasChanged =
    git('diff', '--quiet', since).status === 1 || git('ls-files', '--others', '--exclude-standard').stdout?.trim()
  return hasChanged ? [`--changed=${since}`, '--passWithNoTests'] : []
}

async function perform({ name, run: work }: Stage, output: Output): Promise<Outcome> {
  const began = Date.now()
  const result = await work(output).then(
    (counts) => counts ?? nothing,
    (error: Error) => {
      if (output === 'inherit') console.error(error.message)
      else output.write(`${error.message}\n`)
      return { ...nothing, failed: 1 }
    },
  )
  return { name, ...result, ok: result.failed === 0, seconds: Math.round((Date.now() - began) / 1000) }
}

function announce(name: string): void {
  console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}\n`)
}

/** For a stage that runs in parallel: prints its output when it has ended, so that the outputs do not mix. */
async function performInParallel(stage: Stage): Promise<Outcome> {
  const texts: string[] = []
  const outcome = await perform(stage, { write: (text) => texts.push(text) })
  announce(stage.name)
  process.stdout.write(texts.join(''))
  return outcome
}

async function performRound(round: Round): Promise<Outcome[]> {
  const isAlone = round.length === 1
  const lanes = round.map(async (stages) => {
    const outcomes: Outcome[] = []
    for (const stage of stages) {
      if (stopping.aborted) break
      if (isAlone) announce(stage.name)
      outcomes.push(await (isAlone ? perform(stage, 'inherit') : performInParallel(stage)))
    }
    return outcomes
  })
  return (await Promise.all(lanes)).flat()
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
for (const round of quick ? whatChanged : everything) outcomes.push(...(await performRound(round)))
rmSync(reports, { recursive: true, force: true })
summarise(outcomes)
process.exit(outcomes.every(({ ok }) => ok) && !stopping.aborted ? 0 : 1)
