import { definitionLimits } from './limits'
import { childOf, isExtension, type Node, type ObjectNode } from './nodes'
import { objectMember, objectOf, type Reader } from './reader'
import { quote } from './texts'

export type FoundOperation = { path: string; method: string; pathNode: ObjectNode; node: ObjectNode }

const operationKeys = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']
const otherKeys = ['summary', 'description', 'servers', 'parameters', '$ref', 'additionalOperations']

/** All operations of the document, in its order, also those of methods that Patchbay cannot send. */
export function* findOperations(reader: Reader): Generator<FoundOperation> {
  const paths = objectMember(reader, reader.root, 'paths')
  for (const path of paths ? Object.keys(paths.value) : []) {
    if (isExtension(path) || paths === null) continue
    const node = childOf(paths, path)
    if (path.length > definitionLimits.url * 2) {
      reader.report.add(
        'limit',
        paths,
        `The path ${quote(path)} is too long for a URL, so its operations were left out.`,
      )
      continue
    }
    const pathNode = objectOf(reader, node, 'A path')
    if (pathNode === null) continue
    if (!path.startsWith('/'))
      reader.report.add('invalid', node, `The path ${quote(path)} does not begin with /. It was read as if it did.`)
    yield* operationsOf(reader, path, pathNode)
  }
}

function* operationsOf(reader: Reader, path: string, pathNode: ObjectNode): Generator<FoundOperation> {
  for (const key of Object.keys(pathNode.value)) {
    if (operationKeys.includes(key)) {
      const node = objectOf(reader, childOf(pathNode, key), 'An operation')
      if (node) yield { path, method: key.toUpperCase(), pathNode, node }
    } else if (!otherKeys.includes(key) && !isExtension(key)) {
      reader.report.add('invalid', childOf(pathNode, key), `${quote(key)} is no HTTP method, so it was left out.`)
    }
  }
  // OpenAPI 3.2 §4.8.
  const additional = objectMember(reader, pathNode, 'additionalOperations')
  for (const method of additional ? Object.keys(additional.value) : []) {
    const node = additional ? objectOf(reader, childOf(additional, method), 'An operation') : null
    if (node) yield { path, method, pathNode, node }
  }
}

/** Requests that the third party sends: they are listed, because an endpoint cannot receive them. */
export function reportWebhooks(reader: Reader): void {
  for (const key of ['webhooks', 'x-webhooks']) {
    const webhooks = objectMember(reader, reader.root, key)
    for (const name of webhooks ? Object.keys(webhooks.value) : [])
      reader.report.add(
        'not_imported',
        childOf(webhooks as Node<object>, name),
        `The webhook ${quote(name)} is a request that the API sends. To receive it, add a flow with a webhook trigger.`,
      )
  }
}

export function reportCallbacks(reader: Reader, operation: ObjectNode): void {
  const callbacks = objectMember(reader, operation, 'callbacks')
  for (const name of callbacks ? Object.keys(callbacks.value) : [])
    reader.report.add(
      'not_imported',
      childOf(callbacks as Node<object>, name),
      `The callback ${quote(name)} is a request that the API sends. To receive it, add a flow with a webhook trigger.`,
    )
}
