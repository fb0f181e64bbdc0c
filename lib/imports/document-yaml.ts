import { setImmediate } from 'node:timers/promises'
import { stringify } from 'yaml'
import type { ConnectorParts } from './read-connector-document'

/** Templates stay on one line, and words that YAML 1.1 reads as booleans are quoted. */
export const yamlOptions = { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' } as const

/** The document as YAML. */
export function documentText(document: object): string {
  return stringify(document, yamlOptions)
}

/**
 * The document of a connector as YAML, written in pieces with a pause between them, because a large one takes seconds
 * that others would wait for.
 */
export async function connectorText({ details, methods, endpoints, schemas }: ConnectorParts): Promise<string> {
  const pieces = [documentText({ ...details, ...(methods.length > 0 && { methods }) })]
  let heading = 'endpoints:\n'
  for await (const some of endpoints) {
    pieces.push(heading, bodyOf({ endpoints: some }))
    heading = ''
    await setImmediate()
  }
  heading = 'schemas:\n'
  for await (const some of schemas) {
    pieces.push(heading)
    heading = ''
    for (const [name, schema] of some) {
      pieces.push(bodyOf({ schemas: { [name]: schema } }))
      await setImmediate()
    }
  }
  return pieces.join('')
}

/** The lines of the only key. */
function bodyOf(part: object): string {
  const text = documentText(part)
  return text.slice(text.indexOf('\n') + 1)
}
