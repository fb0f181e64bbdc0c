import { statSync } from 'node:fs'
import type { BackupHead } from '@/lib/platform/server/backup/head'
import { writeBackup } from '@/lib/platform/server/backup/write-backup'
import { counted } from '@/lib/domain/counted'
import { runCommand } from '@/lib/platform/server/plain-error'
import { readFileCommandLine } from './command-line'
import { withDatabase } from './with-app'

const usage = `npm run backup -- FILE [--force]

Writes the whole database to FILE, which only its owner can read, while the app runs. The encryption keys are not included:
store them separately. --force replaces an existing file.`

/** Names the keys that are needed to restore the backup. */
function neededKeys({ keys }: BackupHead): string {
  if (keys.length === 0) return 'No encryption key is needed to restore it.'
  const lines = keys.map(({ name, values, sample }) => {
    const note = sample ? '' : '; the current keys cannot open them, and a restore will not change that'
    return `  “${name}” (${counted(values, 'value')}${note})`
  })
  return `To restore it, these encryption keys are needed. They are not in the file:\n${lines.join('\n')}`
}

await runCommand(async () => {
  const { file, on } = readFileCommandLine(usage, ['force'])
  await withDatabase(async ({ session, keyring }) => {
    const { head, rows } = await writeBackup(session, keyring, file, { replace: on.has('force'), say: console.log })
    const total = [...rows.values()].reduce((sum, count) => sum + count, 0)
    const megabytes = (statSync(file).size / 1024 / 1024).toFixed(1)
    console.log(`\nWritten: ${file} (${total.toLocaleString('en')} rows, ${megabytes} MB)\n${neededKeys(head)}`)
  })
})
