import { refuse, succeed, type Refusal, type Result } from '../../result'
import { renderTemplate } from '../../templates/render-template'
import { readFlowReference, type FlowReference } from '../../templates/flow-reference'
import { parseFlowValue } from '../../templates/parse-template'
import type { TemplatePart } from '../../templates/template'
import { nearestName } from '../../nearest-name'
import { flowValues, type FlowSources } from './flow-values'

/** The texts of shapes, with `[[ … ]]`. `{{ … }}` is plain text in them. */

/** In characters, as many as a payload that is typed by hand may have. */
export const longestShapeText = 100_000

/** A reference in a text, and what it is there: `payload.id`. */
export type TextReference = { text: string; reference: FlowReference }

/** The references in the text of a shape, without duplicates. Refuses a text with a broken or unknown one. */
export function referencesIn(text: string): Result<TextReference[]> {
  if (text.length > longestShapeText)
    return refuse('invalid_input', `This text has more than ${longestShapeText.toLocaleString('en-GB')} characters.`)
  const template = parseFlowValue(text)
  return template.ok ? succeed(referencesOfParts(template.value.parts)) : template
}

/** The references in a parsed template of a connector. */
export function referencesOfParts(parts: readonly TemplatePart[]): TextReference[] {
  const found = new Map<string, FlowReference>()
  for (const part of parts) {
    const reference = part.kind === 'flow' ? readFlowReference(part.reference) : null
    if (part.kind === 'flow' && reference?.ok) found.set(part.reference, reference.value)
  }
  return Array.from(found, ([text, reference]) => ({ text, reference }))
}

/** What exists where a text is used. */
export type Available = {
  variables: Iterable<string>
  /** Whether a payload arrives there. */
  hasPayload: boolean
}

/** What is wrong with the references, to be shown at _Deploy_. Metadata is only known while a flow runs. */
export function checkReferences(references: readonly TextReference[], { variables, hasPayload }: Available): Refusal[] {
  const names = [...variables]
  return references.flatMap(({ text, reference }): Refusal[] => {
    if (reference.root === 'payload' && !hasPayload)
      return [
        {
          code: 'missing_value',
          message: `[[${text}]] needs a payload, but no payload arrives here. Put this shape after one that outputs payloads.`,
        },
      ]
    if (reference.root !== 'flow' || names.includes(reference.name)) return []
    const near = nearestName(reference.name, names)
    const hint = near ? ` Did you mean ${near}?` : ' Add it in the settings of the flow.'
    return [{ code: 'unknown_variable', message: `[[${text}]]: the flow has no variable “${reference.name}”.${hint}` }]
  })
}

/** The text of a shape with its values, which are never parsed. Refuses a missing value by its reference. */
export function renderShapeText(text: string, sources: FlowSources): Result<string> {
  if (text.length > longestShapeText)
    return refuse('invalid_input', `This text has more than ${longestShapeText.toLocaleString('en-GB')} characters.`)
  const template = parseFlowValue(text)
  if (!template.ok) return template
  const rendered = renderTemplate(template.value, new Map(), { flow: flowValues(sources) })
  return rendered.ok ? succeed(rendered.value.text) : rendered
}
