import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { stringify } from 'yaml'
import type { ConnectorParts } from './read-connector-document'

/** Templates stay on one line, and words that YAML 1.1 reads as booleans are quoted. */
export const yamlOptions = { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' } as const

/** The document as YAML. */
export function documentText(document: object): string {
  return stringify(document, yamlOptions)
}

/** As many endpoints are written without a pause. */
const atOnce = 20

/** The document of a connector as YAML, and its SHA-256 in hexadecimal. */
export async function connectorText(parts: ConnectorParts): Promise<{ document: string; documentHash: string }> {
  const pieces: string[] = []
  const documentHash = await connectorHash(parts, (piece) => pieces.push(piece))
  return { document: pieces.join(''), documentHash }
}

/**
 * The SHA-256 of the document, without having all of it in memory.
 * @param onPiece gets each piece of the text
 */
export async function connectorHash(
  parts: ConnectorParts,
  onPiece: (piece: string) => unknown = () => {},
): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of piecesOf(parts)) {
    hash.update(piece)
    onPiece(piece)
  }
  return hash.digest('hex')
}

/** With a pause between the pieces, because a large document takes seconds that others would wait for. */
async function* piecesOf({ details, methods, endpoints, schemas }: ConnectorParts): AsyncGenerator<string> {
  yield documentText({ ...details, ...(methods.length > 0 && { methods }) })
  let heading = 'endpoints:\n'
  for await (const some of endpoints)
    for (let start = 0; start < some.length; start += atOnce) {
      yield heading + bodyOf({ endpoints: some.slice(start, start + atOnce) })
      heading = ''
      await setImmediate()
    }
  heading = 'schemas:\n'
  for await (const some of schemas)
    for (const [name, schema] of some) {
      yield heading + bodyOf({ schemas: { [name]: schema } })
      heading = ''
      await setImmediate()
    }
}

/** The lines of the only key. */
function bodyOf(part: object): string {
  const text = documentText(part)
  return text.slice(text.indexOf('\n') + 1)
}
