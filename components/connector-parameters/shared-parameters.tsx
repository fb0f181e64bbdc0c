'use client'

import { ParameterTable } from '@/components/parameters/parameter-table'
import { SaveRefused } from '@/components/forms/save-refused'
import { saveKeys } from '@/components/forms/save-shortcut'
import { UnsavedBar } from '@/components/forms/unsaved-bar'
import { Button } from '@/components/ui/button'
import { TemplateFixesProvider } from '@/components/variables/template-fixes-provider'
import { sharedLocations } from '@/lib/connector-parameters/locations'
import type { ConnectorParametersView } from '@/lib/connector-parameters/views'
import { literalSecretOf } from '@/lib/platform/forms/form-state'
import { runTimeVariables } from '@/lib/platform/forms/reserved-name-words'
import { useSharedParameters } from './use-shared-parameters'

type SharedParametersProps = { shared: ConnectorParametersView; canChange: boolean }

const titles = { header: 'Headers', url: 'URL parameters', cookie: 'Cookies' }

/** The parameters of a connector, by location, with one draft and one save. */
export function SharedParameters({ shared, canChange }: SharedParametersProps) {
  const { versioned, state, pending, save, discard, forgetRefusal } = useSharedParameters(shared)
  const { draft, setDraft, dirty, merged } = versioned
  const { connectorId, revision } = shared
  const variables = [...shared.namedVariables, ...runTimeVariables]
  return (
    <div data-form="" className="grid gap-8">
      <SaveRefused state={state} merged={merged} draft={draft} onChoose={versioned.choose} />
      <TemplateFixesProvider
        owner={{ level: 'connector', connectorId, ownerId: connectorId }}
        revision={revision}
        known={variables.map(({ key }) => key)}
        literalSecretIn={literalSecretOf(state)}
        onSecretExtracted={forgetRefusal}
      >
        {sharedLocations.map((place) => (
          <section key={place} aria-label={titles[place]} className="grid gap-2">
            <h3 className="font-semibold">{titles[place]}</h3>
            <ParameterTable
              place={place}
              rows={draft.parameters}
              onChange={(parameters) => setDraft({ parameters })}
              variables={variables}
              errors={state.status === 'invalid' ? state.fieldErrors : {}}
              canChange={canChange}
            />
          </section>
        ))}
      </TemplateFixesProvider>
      {canChange && (
        <UnsavedBar dirty={dirty} message="Unsaved changes in shared parameters">
          <Button disabled={!dirty || pending} onClick={discard}>
            Discard
          </Button>
          <Button variant="primary" pending={pending} disabled={!dirty} onClick={save} {...saveKeys}>
            Save shared parameters
          </Button>
        </UnsavedBar>
      )}
    </div>
  )
}
