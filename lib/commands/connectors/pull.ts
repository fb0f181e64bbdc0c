import type { Api } from './api'
import { hashOf } from '@/lib/imports/hash-of'
import { documentOf } from './document-of'
import type { Folder } from './folder'
import { keepComments } from './keep-comments'
import { showChanges } from './show-changes'
import { statuses, type Status } from './statuses'

/**
 * Writes the document of each connector into the folder. A file that was changed since the last pull or push is not
 * overwritten: if only the file changed, it waits to be pushed; if both changed, the differences are shown, and the
 * connector's document is written beside the file.
 */
export async function pull(api: Api, folder: Folder, print: (line: string) => void): Promise<Status> {
  let status: Status = statuses.done
  const connectors = await api.listConnectors()
  for (const { id, key } of connectors) {
    const { document, documentHash } = await api.readDocument(id)
    const text = folder.read(key)
    if (text === null || folder.isUnchanged(key)) {
      if (text !== null && folder.baseOf(key) === documentHash) continue
      // A file that is as it was pulled has no comments, and a long one is not parsed without need.
      const isPlain = text === null || hashOf(text) === folder.baseOf(key)
      const written = isPlain ? document : keepComments(text, document)
      folder.write(key, written)
      folder.settle(key, documentHash, written)
      print(`${key}: ${text === null ? 'written' : 'updated'}`)
      continue
    }
    const compared = await compare(api, text, key)
    if (compared === '') {
      folder.settle(key, documentHash, text)
    } else if (folder.baseOf(key) === documentHash) {
      print(`${key}: changed here, not pushed yet`)
    } else {
      folder.writeTheirs(key, document, documentHash)
      print(
        `${key}: changed here and in Patchbay, so the file was not overwritten. Merge ${key}.theirs.yaml into it, delete that file, and push. What the file would change:\n${compared}`,
      )
      status = statuses.conflict
    }
  }
  for (const key of folder.keys())
    if (!connectors.some((connector) => connector.key === key)) print(`${key}: not in Patchbay`)
  return status
}

/** What a file would change, or why it cannot be read; empty if nothing. */
async function compare(api: Api, text: string, key: string): Promise<string> {
  const document = documentOf(text, key)
  if (!document.ok) return document.error.message
  const compared = await api.compare(key, document.value, true)
  if (!compared.ok) return compared.refused.message
  await compared.value.end()
  return showChanges(compared.value.compared)
}
