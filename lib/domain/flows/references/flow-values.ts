import { textOfElement } from '../../responses/xml-response'
import type { Refusal, Result } from '../../result'
import { readFlowReference, type FlowReference } from '../../templates/flow-reference'
import type { FlowValue } from '../../templates/template'
import { valueAt } from '../values/at-path'
import type { CsvOptions } from '../values/csv-scan'
import { writeJson } from '../values/json'
import { readValue, textOfPayload } from '../values/read-value'
import { ExactNumber, type PayloadFormat, type Value } from '../values/value'

/** What the references of a text can mean while a payload passes through a shape. */
export type FlowSources = {
  /** Null at the beginning of a flow. */
  payload: { content: Uint8Array; format: PayloadFormat; csv?: CsvOptions } | null
  meta: Readonly<Record<string, string>>
  /** The values of the flow's variables. */
  variables: Readonly<Record<string, string>>
  /** `asOf`: the moment that relative dates count from. */
  run: { id: string; asOf: Date }
}

/**
 * The `flow` of a `TemplateContext`: looks up references, each once. The payload is read only if one needs it.
 * `[[payload]]` is its text as it is.
 */
export function flowValues(sources: FlowSources): (reference: string) => FlowValue {
  const payload = onceRead(sources)
  const known = new Map<string, FlowValue>()
  return (text) => {
    if (known.has(text)) return known.get(text)
    const reference = readFlowReference(text)
    const value = reference.ok ? valueOf(reference.value, text, sources, payload) : reference.error
    known.set(text, value)
    return value
  }
}

type ReadPayload = { text: () => Result<string>; value: () => Result<Value> }

function onceRead({ payload }: FlowSources): ReadPayload | null {
  if (!payload) return null
  const { content, format, csv } = payload
  let text: Result<string> | undefined
  let value: Result<Value> | undefined
  return {
    text: () => (text ??= textOfPayload(content, format)),
    value: () => (value ??= readValue(content, format, csv)),
  }
}

function valueOf(
  reference: FlowReference,
  text: string,
  { meta, variables, run, payload: source }: FlowSources,
  payload: ReadPayload | null,
): FlowValue {
  switch (reference.root) {
    case 'meta':
      return ownText(meta, reference.name)
    case 'flow':
      return ownText(variables, reference.name)
    case 'run':
      return reference.value === 'id' ? run.id : run.asOf.toISOString()
    case 'payload': {
      if (!payload) return { code: 'missing_value', message: `[[${text}]] has no value: there is no payload here.` }
      const isWhole = reference.path.length === 0
      const read = isWhole ? payload.text() : payload.value()
      if (!read.ok) return unreadable(text, read.error)
      const found = isWhole ? read.value : valueAt(read.value, reference.path)
      if (found === undefined || found === null) return found
      return textOf(source?.format === 'xml' ? (textOfElement(found) as Value) : found)
    }
  }
}

function unreadable(text: string, { code, message }: Refusal): Refusal {
  return { code, message: `[[${text}]] cannot be read. ${message}` }
}

function ownText(values: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined
}

function textOf(value: Value): string {
  if (typeof value === 'string') return value
  return value instanceof ExactNumber ? value.text : writeJson(value)
}
