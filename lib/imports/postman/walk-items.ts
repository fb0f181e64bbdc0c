import { isObject } from '@/lib/domain/is-object'
import { counted } from '@/lib/domain/counted'
import { definitionLimits } from '../openapi/limits'
import { childOf, type Node, type ObjectNode } from '../openapi/nodes'
import type { Report } from '../openapi/report'
import { readAuth, type Auth } from './auth-fields'
import { postmanLimits } from './limits'
import { has, textPart } from './parts'

/** A request with what it inherits from its folders. */
export type FoundRequest = {
  item: ObjectNode
  request: ObjectNode
  /** From the outermost one. */
  folders: readonly string[]
  /** Its own, that of the nearest folder, or that of the collection. */
  auth: Auth | null
}

export type FoundItems = {
  requests: FoundRequest[]
  /** The collection, folders and requests, which may have scripts and settings. */
  owners: ObjectNode[]
}

type Open = { node: Node; folders: readonly string[]; auth: Auth | null; depth: number }

/** All requests of a collection in their order, without recursion: folders may be nested as deep as a file allows. */
export function findItems(report: Report, root: ObjectNode): FoundItems {
  const found: FoundItems = { requests: [], owners: [root] }
  const open: Open[] = childrenOf(report, root, { folders: [], auth: readAuth(report, root), depth: 1 })
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!isObject(next.node.value)) {
      report.add('invalid', next.node, 'A request or folder must be an object, so it was left out.')
      continue
    }
    const item = next.node as ObjectNode
    const auth = (has(item, 'item') ? readAuth(report, item) : null) ?? next.auth
    if (has(item, 'item')) openFolder(report, { ...next, auth }, item, { open, found })
    else addRequest(report, { ...next, auth }, item, found)
  }
  return found
}

function openFolder(
  report: Report,
  { folders, auth, depth }: Open,
  item: ObjectNode,
  { open, found }: { open: Open[]; found: FoundItems },
): void {
  if (depth >= postmanLimits.folderDepth) {
    report.add(
      'limit',
      item,
      `Folders are nested deeper than ${postmanLimits.folderDepth} levels. This one was left out.`,
    )
    return
  }
  if (has(item, 'request'))
    report.add(
      'not_imported',
      childOf(item, 'request'),
      'This is a folder and a request at once. It was read as a folder.',
    )
  if (found.owners.length < definitionLimits.endpoints * 2) found.owners.push(item)
  const inside = { folders: [...folders, textPart(report, item, 'name')], auth, depth: depth + 1 }
  // As arguments of one call, a million entries would be too many.
  for (const child of childrenOf(report, item, inside)) open.push(child)
}

/** In reverse, because the last one is taken first. */
function childrenOf(report: Report, parent: ObjectNode, inherited: Omit<Open, 'node'>): Open[] {
  if (!has(parent, 'item')) return []
  const list = childOf(parent, 'item')
  if (!Array.isArray(list.value)) {
    report.add('invalid', list, '“item” must be a list, so it was left out.')
    return []
  }
  const children: Open[] = []
  for (let index = list.value.length - 1; index >= 0; index -= 1)
    children.push({ ...inherited, node: childOf(list as Node<unknown[]>, index) })
  return children
}

function addRequest(report: Report, { folders, auth }: Open, item: ObjectNode, found: FoundItems): void {
  if (!has(item, 'request')) {
    report.add('invalid', item, 'This entry is neither a folder nor a request, so it was left out.')
    return
  }
  if (found.requests.length >= definitionLimits.endpoints) {
    report.tally(
      'limit',
      item,
      (left) =>
        `A connector has at most ${definitionLimits.endpoints.toLocaleString('en')} endpoints, so ${counted(left, 'request was', 'requests were')} left out.`,
      'endpoints',
    )
    return
  }
  const given = childOf(item, 'request')
  // A request may be only its address.
  const request = typeof given.value === 'string' ? given.withValue({ url: given.value }) : given
  if (!isObject(request.value)) {
    report.add('invalid', given, 'A request must be an object or an address, so it was left out.')
    return
  }
  found.owners.push(item)
  const own = readAuth(report, request as ObjectNode) ?? readAuth(report, item)
  found.requests.push({ item, request: request as ObjectNode, folders, auth: own ?? auth })
}
