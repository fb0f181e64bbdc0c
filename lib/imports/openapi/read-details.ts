import { findLiteralSecretInProse } from '@/lib/domain/variables/literal-secrets'
import { linkField } from '@/lib/domain/text-schema'
import { definitionLimits } from './limits'
import { childOf, type ObjectNode } from './nodes'
import { objectMember, textMember, type Reader } from './reader'
import { reportUnreadOfDocument } from './report-unread'
import { isTooLong, labelOf, lineOf, quote, textOf } from './texts'

export type Details = { name: string; versionLabel: string; description: string; documentationUrl: string }

/** Title, version and description (OpenAPI 3.1 §4.8.2). */
export function readDetails(reader: Reader): Details {
  const { root, report } = reader
  const info = objectMember(reader, root, 'info')
  if (info === null) report.add('invalid', root, 'The document has no title. Enter a name for the connector.')
  const member = (key: string) => (info ? textMember(reader, info, key) : '')
  reportUnreadOfDocument(reader, info)
  const documentation = objectMember(reader, root, 'externalDocs')
  return {
    name: labelOf(member('title'), definitionLimits.name) || 'Imported API',
    versionLabel: lineOf(member('version'), definitionLimits.versionLabel),
    description: descriptionOf(reader, info, member('description') || member('summary')),
    documentationUrl: documentation ? linkOf(reader, documentation) : '',
  }
}

function descriptionOf({ report }: Reader, info: ObjectNode | null, given: string): string {
  if (info === null || given === '') return ''
  const node = childOf(info, 'description')
  const description = textOf(given, definitionLimits.description)
  const secret = findLiteralSecretInProse(description)
  if (secret) {
    report.add('changed', node, `The description was left out: it contains what looks like ${secret.kind}.`)
    return ''
  }
  if (isTooLong(given, definitionLimits.description))
    report.add('limit', node, `The description was cut after ${definitionLimits.description} characters.`)
  return description
}

/** A link that people can open, or nothing with a line in the report. */
function linkOf(reader: Reader, documentation: ObjectNode): string {
  const url = textMember(reader, documentation, 'url').trim()
  if (url === '' || linkField.safeParse(url).success) return url
  reader.report.add('invalid', childOf(documentation, 'url'), `${quote(url)} is no link, so it was left out.`)
  return ''
}
