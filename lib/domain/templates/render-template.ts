import { refuse, succeed, type Result } from '../result'
import { strongest, type Rendered, type Secrecy } from '../secrecy'
import type { Effort } from './apply-filters'
import { templateLimits } from './limits'
import { valueOfPart } from './render-output'
import type { FlowPart, Template, TemplateContext, TemplatePart, TemplateScope, VariablePart } from './template'

/**
 * Inserts values into a parsed template. An unknown variable or a missing value is refused by its name, before anything
 * is sent. The result says whether it contains a secret.
 */

/** Renders with every value as it is. An optional variable without a value becomes empty text. */
export function renderTemplate(
  template: Template,
  scope: TemplateScope,
  context: TemplateContext = {},
): Result<Rendered> {
  return renderParts(template.parts, scope, context, asItIs)
}

/**
 * Renders, or returns null if the text uses an optional variable without a value: the parameter is then left out
 * (DATA §3).
 */
export function renderUnlessEmpty(
  template: Template,
  scope: TemplateScope,
  context: TemplateContext = {},
): Result<Rendered | null> {
  const filled = fillParts(template.parts, scope, context, asItIs)
  return filled.ok && filled.value.missing ? succeed(null) : filled
}

/** Encodes a value for its location, or refuses a value that is not possible there. */
export type Encoder = (text: string, part: VariablePart | FlowPart) => Result<string>

export const asItIs: Encoder = (text) => succeed(text)

/** Renders parts with all values, and only values, encoded for their location. */
export function renderParts(
  parts: readonly TemplatePart[],
  scope: TemplateScope,
  context: TemplateContext,
  encode: Encoder,
): Result<Rendered> {
  return fillParts(parts, scope, context, encode)
}

type Filled = Rendered & { missing: boolean }

function fillParts(
  parts: readonly TemplatePart[],
  scope: TemplateScope,
  context: TemplateContext,
  encode: Encoder,
): Result<Filled> {
  const effort: Effort = { work: 0 }
  let text = ''
  let secrecy: Secrecy = 'none'
  let missing = false
  for (const part of parts) {
    if (part.kind === 'text') {
      text += part.text
    } else {
      const value = valueOfPart(part, scope, context, effort)
      if (!value.ok) return value
      if (value.value === null) {
        missing = true
        continue
      }
      const written = encode(value.value.text, part)
      if (!written.ok) return written
      text += written.value
      secrecy = strongest(secrecy, value.value.secrecy)
    }
    if (text.length > templateLimits.rendered) {
      return refuse('template_limit', `With its values, the text is longer than ${templateLimits.rendered} characters.`)
    }
  }
  return succeed({ text, secrecy, missing })
}
