import { refuse, succeed, type Result } from '@/lib/domain/result'
import { bodyQuestion } from '@/lib/platform/bodies/body-question'
import { connectorDocumentSchema } from './document-schema'
import { planConnector } from './plan-connector'
import { mapPostman } from './postman/map-postman'
import { parseJsonOrYaml, type ReadSource } from './read-open-api'
import { isCollection, isEnvironment, postmanFormat } from './recognise-postman'
import { onlyEnvironment } from './unrecognised'

/**
 * Reads a Postman collection and plans the connector, in a thread if it is long. Credentials in it are not imported,
 * which the report says.
 * @returns null if it is another kind of document
 */
export const readPostman = bodyQuestion('read_postman', ({ body }: { body: Uint8Array }): Result<ReadSource | null> => {
  const plain = parseJsonOrYaml(new TextDecoder().decode(body))
  if (!plain.ok) return plain
  const root = plain.value
  if (!isCollection(root))
    return isEnvironment(root) ? refuse('invalid_input', onlyEnvironment, 'document') : succeed(null)
  const mapped = mapPostman(root)
  if (!mapped.ok) return refuse(mapped.error.code, mapped.error.message, 'document')
  const { connector, instances, report } = mapped.value
  const document = connectorDocumentSchema.safeParse(connector)
  const plan = document.success ? planConnector(document.data) : null
  if (!plan?.ok)
    return refuse('invalid_input', 'This Postman collection cannot be imported. Check that it is complete.', 'document')
  const values = {
    ...{ kind: 'note' as const, pointer: '' },
    message: 'Values of variables and credentials are not part of a connector. Enter them in a new instance.',
  }
  const lines = instances.length > 0 ? [...report(), values] : report()
  return succeed({ plan: plan.value, format: postmanFormat(root), report: lines })
})
