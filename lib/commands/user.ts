import { roles, roleLabels } from '@/lib/domain/access/roles'
import { PlainError, runCommand } from '@/lib/platform/server/plain-error'
import { checked, orPlainError, printTable, readCommandLine, required, type Flags } from './command-line'
import { readPassword } from './read-password'
import { withApp } from './with-app'

const usage = `npm run user -- list [--workspace NAME]
npm run user -- add --email E-MAIL --name NAME --role ROLE [--workspace NAME]
npm run user -- role --email E-MAIL --role ROLE [--workspace NAME]
npm run user -- password --email E-MAIL [--workspace NAME]
npm run user -- remove --email E-MAIL [--workspace NAME]
npm run user -- unlock --email E-MAIL

ROLE is one of ${roles.join(', ')}. The workspace (name or id) is optional if there is only one.
Passwords are read from the terminal, or from the first line of standard input.
unlock lets a person sign in immediately who would have to wait because of failed sign-ins.`

const verbs: Record<string, (flags: Flags) => Promise<void>> = { list, add, role, password, remove, unlock }

async function load() {
  const modules = await Promise.all([
    import('@/lib/people/add-person'),
    import('@/lib/people/change-role'),
    import('@/lib/people/is-known-person'),
    import('@/lib/people/list-members'),
    import('@/lib/people/list-workspaces'),
    import('@/lib/people/membership'),
    import('@/lib/people/remove-person'),
    import('@/lib/people/set-password'),
    import('@/lib/people/unlock-person'),
    import('@/lib/people/schema'),
  ])
  const [add, change, known, members, workspaces, membership, remove, set, unlocking, schema] = modules
  return {
    ...add,
    ...change,
    ...known,
    ...members,
    ...workspaces,
    ...membership,
    ...remove,
    ...set,
    ...unlocking,
    ...schema,
  }
}

async function findWorkspace(flags: Flags): Promise<string> {
  const { listWorkspaces } = await load()
  const all = await listWorkspaces()
  const found =
    flags.workspace === undefined
      ? all
      : all.filter(({ id, name }) => id === flags.workspace || name.toLowerCase() === flags.workspace!.toLowerCase())
  if (found.length === 1) return found[0]!.id
  if (all.length === 0)
    throw new PlainError('There is no workspace yet. Open the app to set it up, or use npm run workspace -- add.')
  throw new PlainError(
    `Choose a workspace with --workspace (its name, or its id if two have the same name):\n${all.map(({ id, name }) => `  ${name}  ${id}`).join('\n')}`,
  )
}

async function list(flags: Flags): Promise<void> {
  const { listMembers } = await load()
  const members = await listMembers(flags.workspace === undefined ? undefined : await findWorkspace(flags))
  printTable([
    ['Workspace', 'E-mail', 'Name', 'Role', 'Since'],
    ...members.map((one) => [
      one.workspace,
      one.email,
      one.name,
      roleLabels[one.role],
      one.since.toISOString().slice(0, 10),
    ]),
  ])
}

async function add(flags: Flags): Promise<void> {
  const { addPerson, addPersonSchema, isKnownPerson } = await load()
  const workspaceId = await findWorkspace(flags)
  const email = await readEmail(flags)
  const isKnown = await isKnownPerson(email)
  const rest = isKnown ? {} : { name: required(flags, 'name', usage), password: await readPassword() }
  orPlainError(
    await addPerson(
      workspaceId,
      checked(addPersonSchema, { email, role: required(flags, 'role', usage), ...rest }, 'user'),
    ),
  )
  console.log(
    isKnown ? `${email} was added and signs in with the password of their other workspace.` : `${email} was added.`,
  )
}

async function readEmail(flags: Flags): Promise<string> {
  const { emailSchema } = await load()
  return checked(emailSchema, required(flags, 'email', usage), '--email')
}

async function role(flags: Flags): Promise<void> {
  const { changeRole, commandLine, memberNamed, roleSchema } = await load()
  const [workspaceId, email] = [await findWorkspace(flags), await readEmail(flags)]
  const wanted = checked(roleSchema, required(flags, 'role', usage), '--role')
  const { id: userId } = orPlainError(await memberNamed(workspaceId, email))
  orPlainError(await changeRole(commandLine(workspaceId), { userId, role: wanted }))
  console.log(`${email} now has the role ${roleLabels[wanted]} and has to sign in again.`)
}

async function password(flags: Flags): Promise<void> {
  const { setPassword, passwordSchema } = await load()
  const [workspaceId, email] = [await findWorkspace(flags), await readEmail(flags)]
  orPlainError(await setPassword(workspaceId, email, checked(passwordSchema, await readPassword(), 'Password')))
  console.log(`${email} has a new password. All their sessions have ended.`)
}

async function remove(flags: Flags): Promise<void> {
  const { removePerson, commandLine, memberNamed } = await load()
  const [workspaceId, email] = [await findWorkspace(flags), await readEmail(flags)]
  const { id: userId } = orPlainError(await memberNamed(workspaceId, email))
  orPlainError(await removePerson(commandLine(workspaceId), { userId }))
  console.log(
    `${email} was removed from the workspace. Their sessions there have ended, and their API keys were revoked.`,
  )
}

async function unlock(flags: Flags): Promise<void> {
  const { unlockPerson } = await load()
  const email = await readEmail(flags)
  orPlainError(await unlockPerson(email))
  console.log(`${email} can sign in immediately. The count of failed sign-ins starts at zero.`)
}

await runCommand(async () => {
  const { verb, flags } = readCommandLine(usage, ['workspace', 'email', 'name', 'role'])
  const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
  if (!run) throw new PlainError(`Unknown action “${verb}”.\n\n${usage}`)
  await withApp(() => run(flags))
})
