import { noPagination, paginationSchema } from '@/lib/domain/pagination-schema'
import type { EndpointInput } from '@/lib/imports/document-schema'
import { checkEndpoint } from '@/lib/endpoints/check-endpoint'
import type { Node } from './nodes'
import type { Reader } from './reader'
import { quote } from './texts'

/**
 * The endpoint without the parts that its own rules refuse, each with a line in the report: a header that cannot be set,
 * text that looks like a secret. Null if its URL is refused.
 */
export function soundEndpoint(
  { report }: Pick<Reader, 'report'>,
  node: Node,
  given: EndpointInput,
): EndpointInput | null {
  let endpoint = given
  for (;;) {
    const { url, bodyFormat = 'none', body = '', dataPath = '', description = '', parameters = [] } = endpoint
    const pagination = paginationSchema.parse(endpoint.pagination ?? noPagination)
    const checked = checkEndpoint({
      ...{ url, bodyFormat, body, dataPath, description, pagination },
      parameters: parameters.map((parameter) => ({
        ...{ id: null, place: parameter.in, key: parameter.key, value: parameter.value ?? '' },
        ...{ required: parameter.required ?? true, displayName: '', helpText: '' },
      })),
    })
    if (checked.ok) return endpoint
    const { field = '', message } = checked.error
    const [part, index] = field.split('.')
    const parameter = part === 'parameters' ? parameters[Number(index)] : undefined
    if (parameter !== undefined) {
      report.add('not_imported', node, `The parameter ${quote(parameter.key)} was left out: ${message}`)
      endpoint = { ...endpoint, parameters: parameters.filter((other) => other !== parameter) }
    } else if (part === 'body' && body !== '') {
      report.add('not_imported', node, `The body was left empty: ${message}`)
      endpoint = { ...endpoint, body: '' }
    } else if (part === 'dataPath' && dataPath !== '') {
      report.add('not_imported', node, `The data path was left out: ${message}`)
      endpoint = { ...endpoint, dataPath: '' }
    } else if (part === 'description') {
      report.add('changed', node, `The description was left out: ${message}`)
      endpoint = { ...endpoint, description: '' }
    } else if (part === 'pagination') {
      endpoint = { ...endpoint, pagination: noPagination }
    } else {
      report.add('not_imported', node, `This endpoint was left out: ${message}`)
      return null
    }
  }
}
