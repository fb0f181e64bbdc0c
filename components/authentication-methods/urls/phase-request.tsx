'use client'

import { BoundTemplate } from '@/components/authentication-methods/fields/bound-template'
import { MoreSettings } from '@/components/authentication-methods/fields/more-settings'
import { phaseOf, type PhaseDraft } from '@/components/authentication-methods/method-draft'
import { inheritsFromExchange, urlFieldOf } from '@/components/authentication-methods/phase-words'
import { useSetup } from '@/components/authentication-methods/setup-context'
import { PhaseSettings } from '@/components/authentication-methods/urls/phase-settings'
import { clientAuthentications } from '@/lib/domain/method-options/option-choices'
import { phaseField } from '@/lib/domain/method-options/phase-field'
import { bodyFormats, type PhaseKind } from '@/lib/domain/vocabulary'

/** One request: its URL, and under *More settings* what few third parties require. */
export function PhaseRequest({ kind, step }: { kind: PhaseKind; step: number }) {
  const { draft, definition } = useSetup()
  const field = phaseField({ kind, step })
  const { label, required, helpText } = urlFieldOf(definition, kind)
  const inherited = inheritsFromExchange(kind) ? phaseOf(draft, 'exchange').url : null
  return (
    <>
      <BoundTemplate
        name={`${field}.url`}
        label={
          step === 0 ? label : kind === 'after_connect' ? `URL of lookup ${step + 1}` : `URL of request ${step + 1}`
        }
        help={step === 0 ? helpText : undefined}
        required={step === 0 && required}
        maxLength={2048}
        placeholder={kind === 'refresh' && inherited ? inherited : 'https://'}
      />
      {kind !== 'authorise' && (
        <MoreSettings
          label="More settings"
          summary={summaryOf(phaseOf(draft, kind, step))}
          fields={['httpMethod', 'bodyFormat', 'body', 'clientAuthentication', 'extract', 'successRule'].map(
            (part) => `${field}.${part}`,
          )}
        >
          <PhaseSettings kind={kind} step={step} />
        </MoreSettings>
      )}
    </>
  )
}

/** What is set under *More settings*, so that it is visible while the section is closed. */
function summaryOf({ httpMethod, bodyFormat, body, clientAuthentication, extract, successRule }: PhaseDraft): string {
  const said = [
    httpMethod,
    bodyFormat && bodyFormats[bodyFormat],
    body && 'whole body',
    clientAuthentication && clientAuthentications[clientAuthentication],
    extract?.length && `stores ${extract.map(({ variable }) => variable || '…').join(', ')}`,
    successRule && Object.values(successRule).some((part) => part.length > 0) && 'success rule',
  ]
  return said.filter(Boolean).join(' · ')
}
