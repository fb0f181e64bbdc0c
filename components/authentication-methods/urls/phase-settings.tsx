'use client'

import { BoundSelect } from '@/components/authentication-methods/fields/bound-select'
import { BoundTemplate } from '@/components/authentication-methods/fields/bound-template'
import { RowsEditor } from '@/components/authentication-methods/fields/rows-editor'
import { SuccessRuleFields } from '@/components/authentication-methods/fields/success-rule-fields'
import { phaseOf } from '@/components/authentication-methods/method-draft'
import { inheritsFromExchange, provesClient } from '@/components/authentication-methods/phase-words'
import { useHasGroup, useSetup } from '@/components/authentication-methods/setup-context'
import { sourceHelp } from '@/components/authentication-methods/source-help'
import type { ClientAuthentication } from '@/lib/domain/method-options/option-choices'
import { clientAuthentications } from '@/lib/domain/method-options/option-choices'
import { phaseField } from '@/lib/domain/method-options/phase-field'
import { bodyFormats, httpMethods, type PhaseKind } from '@/lib/domain/vocabulary'

const methodChoices = Object.fromEntries(httpMethods.map((method) => [method, method]))

/**
 * All settings of a request except its URL. Those that are not set are inherited from *Get token*, and the fields say
 * so.
 */
export function PhaseSettings({ kind, step }: { kind: PhaseKind; step: number }) {
  const { draft } = useSetup()
  const hasClient = useHasGroup('client')
  const field = phaseField({ kind, step })
  const defaults = useInherited(kind, step)
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-3">
        <BoundSelect
          name={`${field}.httpMethod`}
          label="HTTP method"
          choices={methodChoices}
          inherited={defaults.method}
        />
        <BoundSelect
          name={`${field}.bodyFormat`}
          label="Body format"
          choices={bodyFormats}
          inherited={defaults.format}
        />
        {hasClient && provesClient(kind, step) && (
          <BoundSelect
            name={`${field}.clientAuthentication`}
            label="Client authentication of this request"
            choices={clientAuthentications}
            inherited={defaults.client}
          />
        )}
      </div>
      <BoundTemplate
        name={`${field}.body`}
        label="Whole body"
        help="Optional. Replaces all body parameters and everything that the type would send in the body."
        multiline
        minRows={phaseOf(draft, kind, step).body ? 4 : 2}
        maxLength={65_536}
      />
      {kind !== 'revoke' && (
        <div className="grid gap-2">
          <h4 className="text-sm font-medium">Values stored from this response</h4>
          <p className="text-sm text-muted">{keptHelp(kind, step)}</p>
          <RowsEditor
            name={`${field}.extract`}
            noun="value"
            addLabel="Store a value from this response"
            blank={{ variable: '', path: '', secret: false }}
            columns={[
              { key: 'variable', label: 'Variable', kind: 'text', placeholder: 'instance_url', maxLength: 128 },
              { key: 'path', label: 'Source in the response', kind: 'template', placeholder: '$.data.url' },
              { key: 'secret', label: 'Secret', kind: 'check', width: 'auto' },
            ]}
          />
          <p className="text-sm text-muted">{sourceHelp}</p>
        </div>
      )}
      <SuccessRuleFields field={field} />
    </>
  )
}

function keptHelp(kind: PhaseKind, step: number): string {
  if (kind === 'exchange')
    return `Available as {{ step${step + 1}.name }} in later requests, and stored in the variable of that name if one exists.`
  return 'Stored with the instance in the variable of that name; a missing variable is created when you save.'
}

/** What applies if nothing is set, in words. */
function useInherited(kind: PhaseKind, step: number) {
  const { draft } = useSetup()
  const exchange = phaseOf(draft, 'exchange')
  const { clientAuthentication = 'client_secret_basic', requestEncoding = 'form' } = draft.options
  const encoding = bodyFormats[requestEncoding]
  const own = clientAuthentications[clientAuthentication]
  if (inheritsFromExchange(kind)) {
    const client = exchange.clientAuthentication as ClientAuthentication | null
    return {
      method: `Same as Get token: ${exchange.httpMethod ?? 'POST'}`,
      format: `Same as Get token: ${exchange.bodyFormat ? bodyFormats[exchange.bodyFormat] : encoding}`,
      client: `Same as Get token: ${client ? clientAuthentications[client] : own}`,
    }
  }
  if (kind === 'exchange')
    return {
      method: 'POST',
      format: step === 0 || !draft.options.requestEncoding ? `As on the Token tab: ${encoding}` : encoding,
      client: `As on the Token tab: ${own}`,
    }
  return kind === 'after_connect'
    ? { method: 'GET', format: 'No body', client: own }
    : { method: 'POST', format: 'No body', client: own }
}
