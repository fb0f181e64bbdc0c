import { isObject } from '@/lib/domain/is-object'
import { definitionLimits } from '../openapi/limits'
import type { ObjectNode } from '../openapi/nodes'
import type { Report } from '../openapi/report'
import { labelOf, lineOf, textOf } from '../openapi/texts'
import { scalarText } from '../openapi/variables'
import { descriptionPart, objectPart, textPart } from './parts'
import type { Secrets } from './secrets'

/** Name, version and description of a collection. */
export function detailsOf(report: Report, root: ObjectNode, secrets: Secrets) {
  const info = objectPart(report, root, 'info')
  const name = info === null ? '' : labelOf(secrets.redacted(textPart(report, info, 'name')), definitionLimits.name)
  const description =
    info === null ? '' : textOf(secrets.redacted(descriptionPart(report, info)), definitionLimits.description)
  return { name: name || 'Postman collection', versionLabel: versionOf(info), description }
}

/** A text, or the parts of a semantic version. */
function versionOf(info: ObjectNode | null): string {
  const given = info?.value.version
  if (!isObject(given)) return lineOf(scalarText(given) ?? '', definitionLimits.versionLabel)
  const parts = [given.major, given.minor, given.patch].map(scalarText).filter((part) => part !== null)
  return lineOf(parts.join('.'), definitionLimits.versionLabel)
}
