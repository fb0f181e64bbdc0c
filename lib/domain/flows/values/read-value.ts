import { utf8 } from '../../encoding'
import { refuse, succeed, type Result } from '../../result'
import { countWork } from '../../work-meter'
import { readCsv, writeCsv } from './csv'
import { usualCsv, type CsvOptions } from './csv-scan'
import { readJson, writeJson } from './json'
import { payloadLimits } from './limits'
import { textOfBytes } from './text-of-bytes'
import { ExactNumber, type PayloadFormat, type Value } from './value'
import { readXml, writeXml } from './xml'

/** A payload that is not text, or is longer than a payload can be, is refused; so is what its format does not allow. */
export function textOfPayload(content: Uint8Array, format: PayloadFormat): Result<string> {
  if (content.byteLength > payloadLimits.bytes) return refuse('invalid_value', 'The payload is longer than 100 MiB.')
  if (format === 'binary') return refuse('invalid_value', 'The payload is binary, so no value in it can be read.')
  countWork(content.byteLength)
  return textOfBytes(content, format)
}

/** The content of a payload as a value. Plain text is one text. */
export function readValue(content: Uint8Array, format: PayloadFormat, csv: CsvOptions = usualCsv): Result<Value> {
  const text = textOfPayload(content, format)
  if (!text.ok) return text
  switch (format) {
    case 'json':
      return readJson(text.value)
    case 'xml':
      return readXml(text.value)
    case 'csv':
      return readCsv(text.value, csv)
    default:
      return text
  }
}

/** The content of a payload with this value, in UTF-8. */
export function writeValue(value: Value, format: PayloadFormat, csv: CsvOptions = usualCsv): Result<Uint8Array> {
  const text = writeText(value, format, csv)
  return text.ok ? succeed(utf8(text.value)) : text
}

function writeText(value: Value, format: PayloadFormat, csv: CsvOptions): Result<string> {
  switch (format) {
    case 'json':
      return succeed(writeJson(value))
    case 'xml':
      return writeXml(value)
    case 'csv':
      return writeCsv(value, csv)
    case 'text':
      if (value instanceof ExactNumber) return succeed(value.text)
      if (typeof value !== 'object') return succeed(String(value))
      return refuse('invalid_value', 'A text payload needs one plain value, not an object, a list or null.')
    case 'binary':
      return refuse('invalid_value', 'A value cannot be written as a binary payload.')
  }
}
