import { counted } from '@/lib/domain/counted'
import { childOf, type ObjectNode } from './nodes'
import type { SchemaFacts } from './read-schema'
import { flagMember, textMember, type Reader } from './reader'
import { quote } from './texts'

/** How a value is written (OpenAPI 3.1 §4.8.12.6; 2.0 `collectionFormat`). */
export type Style = {
  /** The properties of an object are parameters of their own. */
  expands: boolean
  /** The name of such a parameter. */
  nameOf?: (name: string, property: string) => string
  /** What stands before the value in a path. */
  prefix?: (name: string) => string
  /** For the help text. */
  notation: string
  /** A sentence for the report if something is not represented; empty if nothing is. */
  problem: string
  explode: boolean
}

const plain: Style = { expands: false, notation: '', problem: '', explode: false }
const separators: Record<string, string> = {
  ...{ csv: 'commas', ssv: 'spaces', tsv: 'tabs', pipes: '|' },
  ...{ form: 'commas', simple: 'commas', spaceDelimited: 'spaces', pipeDelimited: '|' },
}
const styles = new Set(['matrix', 'label', 'form', 'simple', 'spaceDelimited', 'pipeDelimited', 'deepObject', 'cookie'])
const one = 'One value is sent. To send several, add the parameter to the endpoint once for each.'

export function parameterStyle(reader: Reader, node: ObjectNode, { type }: SchemaFacts): Style {
  if (reader.version === '2.0') return styleOfVersion2(reader, node, type)
  const location = textMember(reader, node, 'in')
  const given = textMember(reader, node, 'style')
  const style = given || (location === 'query' || location === 'cookie' ? 'form' : 'simple')
  if (given !== '' && !styles.has(given))
    reader.report.add(
      'invalid',
      childOf(node, 'style'),
      `The style ${quote(given)} is unknown. The value is sent as one text.`,
    )
  const explode = flagMember(reader, node, 'explode', style === 'form')
  if (flagMember(reader, node, 'allowReserved'))
    reader.report.tally(
      'changed',
      node,
      (count) =>
        `${counted(count, 'parameter')} may contain reserved characters (allowReserved), but Patchbay always encodes values.`,
      'allowReserved',
    )
  if (location === 'path') return { ...styleInPath(style, explode, type), explode }
  if (type === 'object') return { ...styleOfObject(style, explode), explode }
  if (type !== 'array') return plain
  if (style === 'form' && explode && location === 'query') return { ...plain, explode, problem: one, notation: '' }
  return { ...plain, explode, notation: notationOf(style) }
}

function styleOfVersion2(reader: Reader, node: ObjectNode, type: string): Style {
  if (type !== 'array') return plain
  const format = textMember(reader, node, 'collectionFormat') || 'csv'
  return format === 'multi' ? { ...plain, problem: one } : { ...plain, notation: notationOf(format) }
}

function notationOf(style: string): string {
  return Object.hasOwn(separators, style) ? `Separate several values with ${separators[style]}.` : ''
}

function styleOfObject(style: string, explode: boolean): Style {
  if (style === 'deepObject') return { ...plain, expands: true, nameOf: (name, property) => `${name}[${property}]` }
  if (style === 'form' && explode) return { ...plain, expands: true, nameOf: (_, property) => property }
  return { ...plain, notation: explode ? 'Written as name=value,name=value.' : 'Written as name,value,name,value.' }
}

function styleInPath(style: string, explode: boolean, type: string): Style {
  const isList = type === 'array' || type === 'object'
  const problem =
    isList && (explode || style !== 'simple') ? 'Its values are written as one text, separated with commas.' : ''
  const notation = isList ? 'Separate several values with commas.' : ''
  if (style === 'label') return { ...plain, notation, problem, prefix: () => '.' }
  if (style === 'matrix') return { ...plain, notation, problem, prefix: (name) => `;${name}=` }
  return { ...plain, notation, problem }
}
