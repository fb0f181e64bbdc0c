import { definitionOf, type MethodDraft } from '@/components/authentication-methods/method-draft'
import { templateVariablesOf } from '@/components/authentication-methods/template-variables'
import type { TemplateVariable } from '@/components/forms/template-variable'
import type { MethodSetupView } from '@/lib/authentication-methods/views'
import type { TypeDescription } from '@/lib/domain/authentication/describe-type'
import type { DescribeInput } from '@/lib/domain/preview/describe-requests'

export type DraftOnPage = {
  setup: MethodSetupView
  type: TypeDescription
  draft: MethodDraft
  redirectUri: string
  /** When the page was made: the value of {{ now }} in *What will be sent*. */
  now: string
  /** Sample values of variables, by id. */
  samples?: ReadonlyMap<string, string>
}

/** A draft as the rules take it, and all that its templates may name. */
export function describeDraft({ setup, type, draft, redirectUri, now, samples = new Map() }: DraftOnPage): {
  described: DescribeInput
  variables: TemplateVariable[]
} {
  const { method, connector, variables, sampleEndpoint } = setup
  const definition = definitionOf(method, type, draft, variables)
  const described = {
    connector,
    method: definition,
    endpoint: sampleEndpoint ?? undefined,
    values: { instance: samples },
    redirectUri,
    now,
  }
  return { described, variables: templateVariablesOf(connector, definition.variables, draft) }
}
