import { refuse, succeed, type Result } from '../result'
import { strongest, type Rendered, type Secrecy } from '../secrecy'
import type { Effort } from './apply-filters'
import { templateLimits } from './limits'
import { valueOfPart } from './render-output'
import type { FlowPart, Template, TemplateContext, TemplatePart, TemplateScope, VariablePart } from './template'

/**
 * Puts values into a parsed template. What is unknown or missing is refused by its name, before anything is sent. What
 * comes out says whether it is made from a secret.
 */

/** Renders with every value as it is. An optional variable without value becomes empty text. */
export function renderTemplate(
  template: Template,
  scope: TemplateScope,
  context: TemplateContext = {},
): Result<Rendered> {
  return renderParts(template.parts, scope, context, asItIs)
}

/**
 * Renders, or gives null where the text names an optional variable that has no value: the parameter is then left out
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

/** How a value is written at its place; refuses a value that cannot be written there. */
export type Encoder = (text: string, part: VariablePart | FlowPart) => Result<string>

export const asItIs: Encoder = (text) => succeed(text)

/** Renders parts with each value, and only values, encoded for their place. */
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
      return refuse(
        'template_limit',
        `The text becomes longer than ${templateLimits.rendered} characters once its values are in.`,
      )
    }
  }
  return succeed({ text, secrecy, missing })
}
