import { resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { PlainError, runCommand } from '@/lib/platform/server/plain-error'
import { apiOf, sendTo } from './connectors/api'
import { diff } from './connectors/diff'
import { Folder } from './connectors/folder'
import { pull } from './connectors/pull'
import { push } from './connectors/push'
import type { Status } from './connectors/statuses'

const usage = `npm run connectors -- pull FOLDER                          writes the connectors into the folder, one file each
npm run connectors -- diff FOLDER [--delete]               shows what a push would change
npm run connectors -- push FOLDER [--delete] [--confirm]   makes the connectors what the files say

  --delete          also removes what is in a connector but not in its file
  --confirm         agrees to what a push asks: other hosts for credentials, flows that lose an endpoint
  --workspace NAME  uses the key in PATCHBAY_API_KEY_NAME

PATCHBAY_URL is the address of the installation (default: http://localhost:3000), PATCHBAY_API_KEY an API key of the
workspace. Instances and their values are never touched. Status: 0 done, 1 a difference or a refusal, 3 done, but an
administrator has to confirm new addresses.`

const options = {
  delete: { type: 'boolean' },
  confirm: { type: 'boolean' },
  workspace: { type: 'string' },
} as const

function readArguments() {
  try {
    const { positionals, values } = parseArgs({ args: process.argv.slice(2), options, allowPositionals: true })
    const [verb = '', folder, ...more] = positionals
    if (!['pull', 'push', 'diff'].includes(verb)) throw new Error('Name one action: pull, push or diff.')
    if (folder === undefined || more.length > 0) throw new Error('Name one folder.')
    return { verb, folder, values }
  } catch (error) {
    throw new PlainError(`${(error as Error).message}\n\n${usage}`)
  }
}

/** The key of the workspace. A key belongs to one. */
function keyOf(workspace: string | undefined): string {
  const name = workspace === undefined ? '' : `_${workspace.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`
  const key = process.env[`PATCHBAY_API_KEY${name}`]
  if (key) return key
  throw new PlainError(`PATCHBAY_API_KEY${name} is missing. Create a key in Settings, and set it.\n\n${usage}`)
}

/** Between two questions how far a long document is. */
const pauseMs = 1_000

async function run(): Promise<Status> {
  const { verb, folder: path, values } = readArguments()
  const send = sendTo(process.env.PATCHBAY_URL ?? 'http://localhost:3000', keyOf(values.workspace))
  // Beside the output, which says the same for short and long documents.
  const api = apiOf(send, { progress: (line) => console.error(line), pause: () => setTimeout(pauseMs) })
  // npm runs scripts in the checkout; the folder is relative to where it was called.
  const folder = new Folder(resolve(process.env.INIT_CWD ?? process.cwd(), path))
  const removeOthers = values.delete === true
  const print = (line: string) => console.log(line)
  if (verb === 'pull') return pull(api, folder, print)
  if (verb === 'diff') return diff(api, folder, removeOthers, print)
  return push(api, folder, { removeOthers, confirmed: values.confirm === true }, print)
}

await runCommand(async () => process.exit(await run()))
