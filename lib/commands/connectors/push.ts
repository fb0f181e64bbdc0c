import type { Api, Compared, Comparison } from './api'
import { documentOf } from './document-of'
import type { Folder } from './folder'
import { originOf } from './origin'
import { countOf, showChanges } from './show-changes'
import { statuses, type Status } from './statuses'

export type PushOptions = {
  /** Remove what is in a connector but not in its file. */
  removeOthers: boolean
  /** Answer the questions with yes: that credentials go to another host, or that flows lose an endpoint. */
  confirmed: boolean
}

/**
 * Makes each connector what its file says. A connector that was changed since the last pull or push is refused, and the
 * difference is shown. A connector without a file stays.
 */
export async function push(
  api: Api,
  folder: Folder,
  options: PushOptions,
  print: (line: string) => void,
): Promise<Status> {
  const pushed: Status[] = []
  for (const key of folder.keys()) pushed.push(await pushOne(api, folder, key, options, print))
  if (pushed.includes(statuses.conflict)) return statuses.conflict
  return pushed.includes(statuses.unconfirmed) ? statuses.unconfirmed : statuses.done
}

async function pushOne(
  api: Api,
  folder: Folder,
  key: string,
  { removeOthers, confirmed }: PushOptions,
  print: (line: string) => void,
): Promise<Status> {
  if (folder.isUnmerged(key))
    return refused(key, `Merge ${key}.theirs.yaml into ${key}.yaml, and delete ${key}.theirs.yaml.`, print)
  const text = folder.read(key) ?? ''
  const read = documentOf(text, key)
  if (!read.ok) return refused(key, read.error.message, print)
  const comparison = await api.compare(key, read.value, removeOthers)
  if (!comparison.ok) return refused(key, comparison.refused.message, print)
  const { compared, apply, end } = comparison.value
  try {
    return await applyOne({ compared, apply }, folder, { key, text, confirmed }, print)
  } finally {
    await end()
  }
}

async function applyOne(
  { compared, apply }: Pick<Comparison, 'compared' | 'apply'>,
  folder: Folder,
  { key, text, confirmed }: { key: string; text: string; confirmed: boolean },
  print: (line: string) => void,
): Promise<Status> {
  const { documentHash, totals } = compared
  const count = countOf(totals)
  if (documentHash !== null && count.made === 0) {
    // A file that leaves something out is not what the connector says, so its base stays.
    if (count.all === 0 && folder.baseOf(key) !== documentHash) folder.settle(key, documentHash, text)
    return statuses.done
  }
  const base = folder.baseOf(key)
  if (documentHash !== base) return changedThere(key, compared, print)
  const managedBy = originOf(folder.path, `${key}.yaml`)
  const applied = await apply({ expectedHash: base ?? 'none', confirmed, managedBy })
  if (!applied.ok) {
    const hint = applied.refused.code === 'confirmation_needed' ? ' To agree, push again with --confirm.' : ''
    return refused(key, `${applied.refused.message}${hint}`, print)
  }
  if (applied.value.key !== key)
    return refused(key, `It was created with the key “${applied.value.key}”, because this one was taken.`, print)
  folder.settle(key, applied.value.documentHash, text)
  print(applied.value.created ? `${key}: created` : `${key}: changed\n${showChanges(compared, isMade)}`)
  const { pendingOrigins } = applied.value
  if (pendingOrigins.length === 0) return statuses.done
  print(
    `${key}: an administrator has to confirm new addresses before anything is sent there: ${pendingOrigins.join(', ')}`,
  )
  return statuses.unconfirmed
}

function refused(key: string, message: string, print: (line: string) => void): Status {
  print(`${key}: refused. ${message}`)
  return statuses.conflict
}

const isMade = ({ change }: Compared['changes'][number]) => change !== 'left'

function changedThere(key: string, compared: Compared, print: (line: string) => void): Status {
  print(
    compared.documentHash === null
      ? `${key}: refused. It is no longer in Patchbay. To create it again, remove it from connectors.lock.json.`
      : `${key}: refused. It was changed in Patchbay since the last pull or push. Pull and merge it first. What the file would change there:\n${showChanges(compared)}`,
  )
  return statuses.conflict
}
