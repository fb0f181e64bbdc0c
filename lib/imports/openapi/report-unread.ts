import { counted } from '@/lib/domain/counted'
import { childOf, hasOwn, isExtension, type ObjectNode } from './nodes'
import type { Reader } from './reader'
import { quoteSome } from './texts'

/** Parts of a document that have no place in a connector. They are noted, so that nobody looks for them. */

export function reportUnreadOfDocument({ root, report }: Reader, info: ObjectNode | null): void {
  const unread = info === null ? [] : ['contact', 'license', 'termsOfService'].filter((key) => hasOwn(info, key))
  if (info !== null && unread.length > 0) report.add('note', info, `Not kept: ${quoteSome(unread)}.`)
  if (hasOwn(root, 'tags')) report.add('note', childOf(root, 'tags'), 'Descriptions and order of tags are not kept.')
  if (hasOwn(root, 'jsonSchemaDialect'))
    report.add('note', childOf(root, 'jsonSchemaDialect'), 'Schemas are read as JSON Schema 2020-12.')
  const extensions = Object.keys(root.value).filter(isExtension)
  if (extensions.length > 0) report.add('note', root, `Extensions are not read: ${quoteSome(extensions)}.`)
}

export function reportUnreadOfOperation({ report }: Reader, operation: ObjectNode): void {
  if (Object.keys(operation.value).some(isExtension))
    report.tally(
      'note',
      operation,
      (count) =>
        `${counted(count, 'operation has extensions', 'operations have extensions')} (x-…), which are not read.`,
      'extensions',
    )
}
