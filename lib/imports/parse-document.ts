import { parseDocument, LineCounter } from 'yaml'
import type { z } from 'zod'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import {
  connectorDocumentSchema,
  methodDocumentSchema,
  type ConnectorDocument,
  type MethodDocument,
} from './document-schema'

/** Reads a connection document. JSON is also YAML, so one parser reads both. */

const longest = 1_000_000
/** Aliases may repeat a part but not multiply the document's size. */
const mostAliases = 50

/** @param otherwise what is said about a document of another kind */
export function parseConnectionDocument(
  source: string,
  otherwise = 'Not a connection document: kind must be connector or authentication_method.',
): Result<MethodDocument | ConnectorDocument> {
  const plain = readYaml(source)
  return plain.ok ? checkDocument(plain.value, otherwise) : plain
}

/** The same for a document that is parsed already. */
export function checkDocument(plain: unknown, otherwise: string): Result<MethodDocument | ConnectorDocument> {
  const kind = (plain as { kind?: unknown } | null)?.kind
  if (kind === 'connector') return check(connectorDocumentSchema, plain)
  if (kind === 'authentication_method') return check(methodDocumentSchema, plain)
  return refuse('invalid_input', otherwise, 'document')
}

/** Reads YAML or JSON. */
export function readYaml(source: string): Result<unknown> {
  if (source.length > longest)
    return refuse('invalid_input', 'A connection document can have at most 1,000,000 characters.', 'document')
  const lines = new LineCounter()
  const document = parseDocument(source, {
    lineCounter: lines,
    uniqueKeys: true,
    prettyErrors: false,
    schema: 'core',
    merge: false,
  })
  const [problem] = document.errors
  if (problem) {
    const { line, col } = lines.linePos(problem.pos[0])
    return refuse(
      'invalid_input',
      `Line ${line}, column ${col}: not valid JSON or YAML. ${firstLine(problem.message)}`,
      'document',
    )
  }
  try {
    return succeed(document.toJS({ maxAliasCount: mostAliases }))
  } catch {
    return refuse('invalid_input', 'The document uses too many YAML aliases. Write the repeated parts out.', 'document')
  }
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? ''
}

function check<Document>(schema: z.ZodType<Document>, plain: unknown): Result<Document> {
  const parsed = schema.safeParse(plain)
  if (parsed.success) return succeed(parsed.data)
  const problems = parsed.error.issues
    .slice(0, 5)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`))
  const more = parsed.error.issues.length - problems.length
  return refuse('invalid_input', `${problems.join(' ')}${more > 0 ? ` And ${more} more.` : ''}`, 'document')
}
