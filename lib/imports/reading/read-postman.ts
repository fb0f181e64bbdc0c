import { connectorDocumentSchema } from '../document-schema'
import type { ObjectNode } from '../openapi/nodes'
import type { ReportLine } from '../openapi/report'
import { planConnector } from '../plan-connector'
import { mapPostman } from '../postman/map-postman'
import { postmanFormat } from '../recognise-postman'
import { addSound } from './add-sound'
import { headOf } from './head-of'
import { ItemBatches } from './item-batches'
import type { ReadHead, ReadingHost } from './read-result'
import { Unreadable } from './unreadable'

const incomplete = 'This Postman collection cannot be imported. Check that it is complete.'

/** Hands over the methods and requests of a collection. @throws Unreadable */
export function readPostman(
  root: Record<string, unknown>,
  environments: readonly ObjectNode[],
  host: ReadingHost,
): ReadHead {
  const refused: ReportLine[] = []
  let batches = new ItemBatches(host.store, 0)
  const mapped = mapPostman(root, {
    environments,
    onCount: (requests) => void (batches = new ItemBatches(host.store, requests)),
    onEndpoint: (endpoint, { pointer, id }) => {
      const problem = addSound(batches, endpoint, { key: id, pointer })
      if (problem !== null) refused.push(problem)
    },
  })
  if (!mapped.ok) throw new Unreadable(mapped.error.message)
  const { connector, methods, instances, report } = mapped.value
  const document = connectorDocumentSchema.safeParse(connector)
  if (!document.success || !planConnector(document.data).ok) throw new Unreadable(incomplete)
  connector.methods?.forEach((method, index) =>
    batches.addMethod(method, { key: '', pointer: methods[index]?.pointer ?? '' }),
  )
  batches.finish()
  return { ...headOf(connector, postmanFormat(root), [...refused, ...report()]), instances }
}
