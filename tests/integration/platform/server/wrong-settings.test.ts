import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { npm } from '@/tests/support/launcher'
import { settingRows } from '@/tests/support/wrong-settings'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-settings-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Starts the real launcher, and says how it ended. */
async function start(environment: Record<string, string>) {
  const launcher = npm(['start'], { PATCHBAY_DATA_DIR: join(folder, 'data'), ...environment })
  const code = await launcher.ended
  return { code, output: launcher.output() }
}

const rows = ['PORT', 'APP_URL', 'PATCHBAY_OUTBOUND_ALLOW', 'PATCHBAY_SESSION_SECRET', 'DATABASE_URL'].flatMap(
  (name) => {
    const row = settingRows[name]!
    return 'readBy' in row ? [] : [{ name, beside: row.beside, ...row.wrong[0] }]
  },
)

test.each(rows)('the launcher refuses $name=$value with a sentence, an example and exit code 1', async (wrong) => {
  const { name, value, says, beside } = wrong
  const { code, output } = await start({ ...beside, [name]: value })
  expect(code).toBe(1)
  expect(output).toMatch(says)
  expect(output).toContain(`Example: ${name}=`)
  expect(output).not.toMatch(/is ready|hush|^\s+at /m)
  expect(existsSync(join(folder, 'data'))).toBe(false)
})

test('several wrong settings are named together', async () => {
  const { code, output } = await start({ PORT: 'abc', APP_URL: 'patchbay.test', PATCHBAY_LOG_LEVEL: 'verbose' })
  expect(code).toBe(1)
  expect(output).toMatch(/3 settings are wrong[^]*PORT:[^]*APP_URL:[^]*PATCHBAY_LOG_LEVEL:/)
})
