import { isForm, type EndpointDraft } from '@/components/endpoints/endpoint-draft'
import { unknownWords } from '@/components/forms/template-tokens'
import type { TemplateVariable } from '@/components/forms/template-variable'
import type { ParameterLocation } from '@/lib/domain/vocabulary'

/** The undefined variables that the templates on each tab use. */
export function unknownByTab(
  draft: EndpointDraft,
  variables: readonly TemplateVariable[],
): Record<'url' | 'headers' | 'body', string[]> {
  const keys = new Set(variables.map(({ key }) => key))
  const words = { isVariable: (key: string) => keys.has(key), isFilter: () => true }
  const unknown = (texts: string[]) => [...new Set(texts.flatMap((text) => unknownWords(text, words).variables))]
  const valuesOf = (place: ParameterLocation) =>
    draft.parameters.filter((row) => row.place === place).map(({ value }) => value)
  return {
    url: unknown([draft.url, ...valuesOf('url')]),
    headers: unknown([...valuesOf('header'), ...valuesOf('cookie')]),
    body: unknown(isForm(draft.bodyFormat) ? valuesOf('body') : [draft.bodyFormat === 'none' ? '' : draft.body]),
  }
}
