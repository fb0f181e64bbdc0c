import { utf8 } from '../../encoding'
import { refuse, succeed, type Result } from '../../result'
import { readValuePath } from '../../value-path'
import { usualCsv, type CsvOptions } from '../values/csv-scan'
import { textOfPayload } from '../values/read-value'
import type { PayloadFormat } from '../values/value'
import { isXmlName } from '../values/xml'
import { sliceCsv } from './csv-slices'
import { sliceJson } from './json-slices'
import { sliceByQuery } from './query-slices'
import type { Expansion, Slices } from './slices'
import { sliceXml } from './xml-slices'

/**
 * Payloads made out of one payload. The whole payload is checked first, so that nothing is sent of one that is broken in
 * its last line; then each part is made when it is asked for.
 */

export type SourcePayload = { content: Uint8Array; format: PayloadFormat; csv?: CsvOptions }

/** A new payload of the same format. */
export type Part = { content: Uint8Array; records: number }
export type Parts = { readonly count: number; parts: () => Generator<Part> }

/**
 * _Split_: each element at the path becomes a payload; of a list, each of its items. What the path does not find gives no
 * payloads.
 * @param wrapperKey a name around each part; empty for none
 */
export function splitPayload(payload: SourcePayload, path: string, wrapperKey = ''): Result<Parts> {
  const slices = slicesOf(payload, path, 'items')
  if (!slices.ok) return slices
  const wrap = wrapperOf(payload.format, wrapperKey)
  if (!wrap.ok) return wrap
  return succeed(partsOf(slices.value, 1, wrap.value))
}

/**
 * _Flow control_: the items at the path in payloads of `size`. With size 1 a payload is the item itself, otherwise a
 * list, also if the last payload has only one item.
 */
export function regroupPayload(payload: SourcePayload, path: string, size: number): Result<Parts> {
  const slices = slicesOf(payload, path, 'items')
  return slices.ok ? succeed(partsOf(slices.value, size)) : slices
}

/**
 * The records of a page in payloads of `size`: one record, or a list of several. The data path is a path or a JSONPath.
 * Without one, a list has its items as records, and anything else is one record.
 */
export function splitPage(page: SourcePayload, dataPath: string, size: number): Result<Parts> {
  const slices = slicesOf(page, dataPath, 'only_list')
  return slices.ok ? succeed(partsOf(slices.value, size)) : slices
}

function slicesOf(payload: SourcePayload, path: string, expansion: Expansion): Result<Slices> {
  const { content, format, csv = usualCsv } = payload
  if (format === 'text' || format === 'binary')
    return refuse('invalid_value', `A ${format} payload cannot be split, because it has no records.`)
  const text = textOfPayload(content, format)
  if (!text.ok) return text
  const steps = readValuePath(path)
  if (!steps.ok) return format === 'json' && expansion === 'only_list' ? sliceByQuery(text.value, path) : steps
  if (format === 'json') return sliceJson(text.value, steps.value, expansion)
  return format === 'xml' ? sliceXml(text.value, steps.value) : sliceCsv(text.value, steps.value, csv)
}

type Wrap = (text: string) => string

function wrapperOf(format: PayloadFormat, key: string): Result<Wrap> {
  const name = key.trim()
  if (name === '') return succeed((text) => text)
  if (format === 'json') return succeed((text) => `{${JSON.stringify(name)}:${text}}`)
  if (format !== 'xml') return refuse('invalid_value', 'Rows of CSV cannot have a wrapper key. Leave it empty.')
  if (isXmlName(name)) return succeed((text) => `<${name}>${text}</${name}>`)
  return refuse('invalid_value', `“${name.slice(0, 80)}” cannot be the name of an XML element.`)
}

function partsOf({ count, one, many }: Slices, size: number, wrap: Wrap = (text) => text): Parts {
  if (!Number.isInteger(size) || size < 1) throw new RangeError('A payload needs at least one record.')
  return {
    count: Math.ceil(count / size),
    parts: function* () {
      for (let begin = 0; begin < count; begin += size) {
        const end = Math.min(begin + size, count)
        const text = size === 1 ? one(begin) : many(begin, end)
        yield { content: utf8(wrap(text)), records: end - begin }
      }
    },
  }
}
