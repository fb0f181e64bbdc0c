import { requireNobodyElse, restoreBackup } from '@/lib/platform/server/backup/restore-backup'
import { locked } from '@/lib/platform/server/locked'
import { migrate } from '@/lib/platform/server/migrate'
import { runCommand } from '@/lib/platform/server/plain-error'
import { readFileCommandLine } from './command-line'
import { withDatabase } from './with-app'

const usage = `npm run restore -- FILE

Loads a backup into an installation without people, while the app does not run. The encryption keys of the backup have to
be there: in PATCHBAY_ENCRYPTION_KEYS, or with the built-in database in the file encryption-keys of its data folder.`

await runCommand(async () => {
  const { file } = readFileCommandLine(usage, [])
  await withDatabase(({ session, keyring, url }) =>
    // A start waits meanwhile.
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
