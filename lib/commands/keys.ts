import type { Database } from '@/lib/platform/server/database'
import { openDataFolder } from '@/lib/platform/server/data-folder'
import { loadSettings } from '@/lib/platform/server/environment'
import { addKey, removedKeysFile, removeKey } from '@/lib/platform/server/keys/key-file'
import { keysOfRunningProcesses, readKeyUsage, valuesOf, type KeyUsage } from '@/lib/platform/server/keys/key-usage'
import { counted } from '@/lib/domain/counted'
import { resealEverything } from '@/lib/platform/server/keys/reseal'
import { PlainError, runCommand } from '@/lib/platform/server/plain-error'
import { printTable, readCommandLine, required, type Flags } from './command-line'
import { withApp } from './with-app'

const usage = `npm run keys -- status             shows which encryption keys are used by how many values
npm run keys -- reseal             seals everything with the first key, while the app runs
npm run keys -- add                built-in database: adds a new key as the first one
npm run keys -- remove --key NAME  built-in database: removes a key that is no longer needed

To change keys: put a new one first (with add, or in PATCHBAY_ENCRYPTION_KEYS) and leave the old one after it; restart every
process of Patchbay; reseal; remove the old one.`

type Verb = (database: Database, flags: Flags) => Promise<void>
const verbs: Record<string, Verb> = { status, reseal, add, remove }

async function status({ session, keyring }: Database): Promise<void> {
  const used = await readKeyUsage(session)
  const sealing = keyring.sealing.kid
  const names = [...new Set([...keyring.byKid.keys(), ...used.keys()])]
  const note = (kid: string) => {
    if (kid === sealing) return 'seals'
    if (!keyring.byKid.has(kid)) return 'missing: its values cannot be opened'
    return valuesOf(used, kid) === 0 ? 'opens; no longer needed' : 'opens'
  }
  printTable([['Key', 'Values', ''], ...names.map((kid) => [kid, valuesOf(used, kid).toLocaleString('en'), note(kid)])])
  for (const kid of await keysOfRunningProcesses(session))
    if (kid !== sealing) console.log(`\nA running process seals with “${kid}”. Restart it to make it use “${sealing}”.`)
}

async function reseal({ session, keyring }: Database): Promise<void> {
  const sealing = keyring.sealing.kid
  const others = (await keysOfRunningProcesses(session)).filter((kid) => kid !== sealing)
  if (others.length > 0) throw new PlainError(stillRunning(others, sealing))
  const { usage: used, unreadable } = await resealEverything(session, keyring, console.log)
  console.log(`\n“${sealing}” has sealed ${counted(valuesOf(used, sealing), 'value')}.`)
  if (unreadable > 0)
    console.log(
      `${counted(unreadable, 'value')} cannot be opened: the key is missing or wrong (npm run keys -- status).`,
    )
  for (const kid of keyring.byKid.keys()) if (kid !== sealing) console.log(`\n${verdictOn(kid, used)}`)
}

function stillRunning(kids: string[], sealing: string): string {
  const names = kids.map((kid) => `“${kid}”`).join(' and ')
  return (
    `A running process of Patchbay seals with ${names}, and may be unable to open what is sealed with “${sealing}”.\n` +
    'Restart every process with the same keys in the same order, then run this again. Nothing was changed.'
  )
}

function verdictOn(kid: string, used: KeyUsage): string {
  const values = valuesOf(used, kid)
  if (values > 0)
    return `The key “${kid}” is still needed for ${counted(values, 'value')} that changed in the meantime or cannot be opened. Run this again.`
  return (
    `The key “${kid}” is no longer needed: ${removal(kid)}.\n` + 'Keep a copy of it as long as you keep older backups.'
  )
}

function removal(kid: string): string {
  return keyFolder === null
    ? 'remove it from PATCHBAY_ENCRYPTION_KEYS'
    : `npm run keys -- remove --key ${kid}, then restart every process`
}

function requireKeyFolder(): string {
  if (keyFolder !== null) return keyFolder
  throw new PlainError(
    'The keys are in PATCHBAY_ENCRYPTION_KEYS: change them there, for every process.\n' +
      `Create a key with:  node -p "'new:' + require('crypto').randomBytes(32).toString('base64')"`,
  )
}

async function add({ session }: Database): Promise<void> {
  const kid = await addKey(session, requireKeyFolder())
  console.log(
    `The key “${kid}” is now the first one. Restart every process of Patchbay, then seal everything with it: npm run keys -- reseal`,
  )
}

async function remove({ session, keyring }: Database, flags: Flags): Promise<void> {
  const kid = required(flags, 'key', usage)
  const folder = requireKeyFolder()
  if (kid === keyring.sealing.kid)
    throw new PlainError(`The key “${kid}” is the first one and is used to seal. It cannot be removed.`)
  const values = valuesOf(await readKeyUsage(session), kid)
  if (values > 0)
    throw new PlainError(
      `The key “${kid}” is still needed for ${counted(values, 'value')}. First run npm run keys -- reseal`,
    )
  if ((await keysOfRunningProcesses(session)).includes(kid))
    throw new PlainError(`A running process of Patchbay seals with “${kid}”. Restart it first.`)
  await removeKey(session, folder, kid)
  console.log(
    `The key “${kid}” was removed. Older backups still need it: it is in the file ${removedKeysFile} of the data folder.`,
  )
}

/**
 * The data folder if its file contains the keys; null if PATCHBAY_ENCRYPTION_KEYS does. Read before the database is
 * opened, because that sets both environment variables.
 */
let keyFolder: string | null = null

await runCommand(async () => {
  const { verb, flags } = readCommandLine(usage, ['key'])
  const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
  if (!run) throw new PlainError(`Unknown action “${verb}”.\n\n${usage}`)
  const { DATABASE_URL, PATCHBAY_ENCRYPTION_KEYS, PATCHBAY_DATA_DIR } = loadSettings()
  if (DATABASE_URL === undefined && PATCHBAY_ENCRYPTION_KEYS === undefined)
    keyFolder = openDataFolder(PATCHBAY_DATA_DIR)
  await withApp((database) => run(database, flags))
})
