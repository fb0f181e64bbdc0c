import type { Api } from './api'
import type { Folder } from './folder'
import { keepComments } from './keep-comments'
import { showChanges } from './show-changes'
import { statuses, type Status } from './statuses'

/**
 * Writes the document of each connector into the folder. A file that was changed since the last pull or push is not
 * overwritten: if only the file changed, it waits to be pushed; if both changed, the differences are shown.
 */
export async function pull(api: Api, folder: Folder, print: (line: string) => void): Promise<Status> {
  let status: Status = statuses.done
  const connectors = await api.listConnectors()
  for (const { id, key } of connectors) {
    const { document, documentHash } = await api.readDocument(id)
    const text = folder.read(key)
    const base = folder.baseOf(key)
    if (text === null || folder.isUnchanged(key)) {
      if (text !== null && base?.documentHash === documentHash) continue
      folder.write(key, text === null ? document : keepComments(text, document))
      folder.settle(key, documentHash)
      print(`${key}: ${text === null ? 'written' : 'updated'}`)
      continue
    }
    const compared = await api.compare(text, true)
    if (compared.ok && compared.value.changes.length === 0) {
      folder.settle(key, documentHash)
    } else if (base?.documentHash === documentHash) {
      print(`${key}: changed here, not pushed yet`)
    } else {
      print(`${key}: changed here and in Patchbay, so the file was not overwritten. What the file would change there:`)
      print(compared.ok ? showChanges(compared.value.changes) : compared.refused.message)
      status = statuses.conflict
    }
  }
  for (const key of folder.keys())
    if (!connectors.some((connector) => connector.key === key)) print(`${key}: not in Patchbay`)
  return status
}
