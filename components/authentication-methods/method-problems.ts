import { isTestOnly } from '@/components/authentication-methods/carriers'
import type { MethodDraft } from '@/components/authentication-methods/method-draft'
import type { TemplateVariable } from '@/components/forms/template-variable'
import { optionTextsOf } from '@/lib/domain/authentication/method-texts'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import { unknownNames } from '@/lib/domain/templates/unknown-names'
import type { ParameterLocation } from '@/lib/domain/vocabulary'

/** The undefined variables that the templates on each tab of *Authentication setup* use. */
export function unknownByTab(
  definition: MethodDefinition,
  draft: MethodDraft,
  variables: readonly TemplateVariable[],
): Record<string, string[]> {
  const known = new Set(variables.map(({ key }) => key))
  const { phases, parameters } = draft
  const valuesOf = (place: ParameterLocation, forTests: boolean) =>
    parameters
      .filter((row) => row.place === place && (row.place === 'header' && isTestOnly(row)) === forTests)
      .map(({ value }) => value)
  const requests = (forTests: boolean) =>
    phases.filter(({ kind }) => (kind === 'verify') === forTests).flatMap(({ url, body }) => [url ?? '', body ?? ''])
  const { baseUrl = '' } = draft.options
  return {
    urls: unknownNames([baseUrl, ...requests(false)], known),
    'url-parameters': unknownNames(valuesOf('url', false), known),
    headers: unknownNames([...valuesOf('header', false), ...valuesOf('cookie', false)], known),
    body: unknownNames(valuesOf('body', false), known),
    token: unknownNames(optionTextsOf({ ...definition, options: { ...definition.options, baseUrl: '' } }), known),
    'test-request': unknownNames([...requests(true), ...valuesOf('header', true)], known),
  }
}
