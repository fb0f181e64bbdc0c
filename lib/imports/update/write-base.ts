import 'server-only'
import { foldName } from '@/lib/domain/names'
import { authenticationTypes } from '@/lib/domain/vocabulary'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { endpointInDocument, keyedMethodInDocument } from '../connector-to-document'
import { writeItems } from '../import-rows'
import type { ConnectorPlan } from '../plan-connector'
import type { ReadItem } from '../reading/read-result'
import { hasOwnKeys } from './key-kinds'
import { linkItems } from './link-items'

type Owner = { workspaceId: string; importId: string }

/** A connector that was imported at once has no items yet: writes those that its next update is compared with. */
export async function writeBase(
  tx: WorkspaceTransaction,
  owner: Owner,
  plan: ConnectorPlan,
  format: string,
): Promise<void> {
  const items = [...itemsOf(plan, hasOwnKeys(format))]
  await writeItems(tx, owner, JSON.stringify(items), 0, false)
  const parts = [...plan.methods, ...plan.endpoints]
  await linkItems(
    tx,
    owner,
    parts.map(({ key }, index) => ({ id: items[index]!.id, key })),
  )
}

/** @param hasKeys whether the document has keys; otherwise those of the plan were made of names */
function* itemsOf({ methods, endpoints, schemas }: ConnectorPlan, hasKeys: boolean): Generator<ReadItem> {
  const nameOf = new Map(methods.map(({ key, name }) => [key, name]))
  const order = [...nameOf.keys()]
  for (const method of methods) {
    const { name, type } = method
    const key = hasKeys ? method.key : name
    const tag = authenticationTypes[type]
    yield item('method', { key, name, tag }, withoutKey(keyedMethodInDocument(method)))
  }
  for (const endpoint of endpoints) {
    const { name, httpMethod, url, entityType: tag } = endpoint
    const key = hasKeys ? endpoint.key : `${httpMethod} ${url}`
    const accepts = endpoint.accepts.map((method) => nameOf.get(method)!)
    const definition = { ...withoutKey(endpointInDocument(endpoint, order)), accepts }
    yield { ...item('endpoint', { key, name, tag }, definition), httpMethod, url, accepts }
  }
  for (const [name, schema] of schemas)
    yield { ...item('schema', { key: name, name, tag: '' }, schema), foldedName: name }
}

function item(
  kind: ReadItem['kind'],
  { key, name, tag }: Pick<ReadItem, 'key' | 'name' | 'tag'>,
  definition: unknown,
): ReadItem {
  return {
    ...{ id: newId(), kind, key, name, tag, foldedName: foldName(name) },
    ...{ pointer: '', httpMethod: '', url: '', accepts: [], endpoints: 0, rows: null },
    definition: JSON.stringify(definition),
  }
}

function withoutKey({ key: _key, ...part }: { key: string }): object {
  return part
}
