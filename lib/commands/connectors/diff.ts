import type { Api } from './api'
import { documentOf } from './document-of'
import type { Folder } from './folder'
import { countOf, showChanges } from './show-changes'
import { statuses, type Status } from './statuses'

/** Shows what pushing the folder would change. The status says whether there is a difference. */
export async function diff(
  api: Api,
  folder: Folder,
  removeOthers: boolean,
  print: (line: string) => void,
): Promise<Status> {
  let status: Status = statuses.done
  for (const key of folder.keys()) {
    const document = documentOf(folder.read(key) ?? '', key)
    if (!document.ok) {
      print(`${key}: ${document.error.message}`)
      status = statuses.conflict
      continue
    }
    const compared = await api.compare(key, document.value, removeOthers)
    if (!compared.ok) {
      print(`${key}: ${compared.refused.message}`)
      status = statuses.conflict
      continue
    }
    await compared.value.end()
    const { connectorId, totals } = compared.value.compared
    if (countOf(totals).all === 0) continue
    print(connectorId === null ? `${key}: new` : `${key}:`)
    if (connectorId !== null) print(showChanges(compared.value.compared))
    if (countOf(totals).made > 0) status = statuses.conflict
  }
  const keys = folder.keys()
  for (const { key } of await api.listConnectors()) if (!keys.includes(key)) print(`${key}: only in Patchbay`)
  return status
}
