import { requireNobodyElse, restoreBackup } from '@/lib/platform/server/backup/restore-backup'
import { locked } from '@/lib/platform/server/locked'
import { migrate } from '@/lib/platform/server/migrate'
import { runCommand } from '@/lib/platform/server/plain-error'
import { readFileCommandLine } from './command-line'
import { withDatabase } from './with-app'

const usage = `npm run restore -- FILE

Loads a backup into an installation without people, while the app is not running. The backup's encryption keys must be
available: in PATCHBAY_ENCRYPTION_KEYS, or for the built-in database in the file encryption-keys in its data folder.`

await runCommand(async () => {
  const { file } = readFileCommandLine(usage, [])
  await withDatabase(({ session, keyring, url }) =>
    // An app that starts waits until this has finished.
    locked(session, async () => {
      await requireNobodyElse(session)
      const { head, rows } = await restoreBackup(session, keyring, file, console.log)
      const migrated = await migrate(session, url)
      if (migrated.length > 0) console.log(`Migrated: ${migrated.join(', ')}`)
      const total = [...rows.values()].reduce((sum, count) => sum + count, 0)
      console.log(`\nRestored: ${total.toLocaleString('en')} rows of ${head.createdAt}. Start Patchbay with npm start.`)
    }),
  )
})
