import { PlainError, runCommand } from '@/lib/platform/server/plain-error'
import { checked, orPlainError, printTable, readCommandLine, required, type Flags } from './command-line'
import { readPassword } from './read-password'
import { withApp } from './with-app'

const usage = `npm run workspace -- list
npm run workspace -- add --name NAME --email E-MAIL [--person NAME]

Creates a workspace and its first administrator: an existing person, or a new one with the name from --person, whose
password is read from the terminal (or from the first line of standard input).`

const verbs: Record<string, (flags: Flags) => Promise<void>> = { list, add }

async function list(): Promise<void> {
  const { listWorkspaces } = await import('@/lib/people/list-workspaces')
  printTable([
    ['Workspace', 'Id', 'People'],
    ...(await listWorkspaces()).map(({ name, id, members }) => [name, id, String(members)]),
  ])
}

async function add(flags: Flags): Promise<void> {
  const { createWorkspace } = await import('@/lib/people/create-workspace')
  const { isKnownPerson } = await import('@/lib/people/is-known-person')
  const { addPersonSchema, emailSchema, workspaceNameSchema } = await import('@/lib/people/schema')
  const name = checked(workspaceNameSchema, required(flags, 'name', usage), '--name')
  const email = checked(emailSchema, required(flags, 'email', usage), '--email')
  const person = (await isKnownPerson(email))
    ? {}
    : { name: required(flags, 'person', usage), password: await readPassword() }
  orPlainError(
    await createWorkspace(name, checked(addPersonSchema.omit({ role: true }), { email, ...person }, 'administrator')),
  )
  console.log(`The workspace “${name}” was created. ${email} is its administrator.`)
}

await runCommand(async () => {
  const { verb, flags } = readCommandLine(usage, ['name', 'email', 'person'])
  const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
  if (!run) throw new PlainError(`Unknown action “${verb}”.\n\n${usage}`)
  await withApp(() => run(flags))
})
