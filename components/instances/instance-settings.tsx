'use client'

import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { AuthenticationTab } from '@/components/instances/authentication-tab'
import { AuthoriseButton } from '@/components/instances/authorise-button'
import { AuthorisationNotice } from '@/components/instances/authorisation-notice'
import { allFields } from '@/components/instances/credentials-draft'
import { CertificatesTab } from '@/components/instances/certificates-tab'
import { DetailsFields } from '@/components/instances/details-fields'
import { HealthNotice } from '@/components/instances/health-notice'
import { instanceTabs, tabNames, unsavedMessage, type InstanceTab } from '@/components/instances/instance-draft'
import { versionText } from '@/components/instances/instance-versions'
import { useInstanceForm } from '@/components/instances/use-instance-form'
import { VerificationAlert } from '@/components/instances/verification-alert'
import { SaveRefused } from '@/components/forms/save-refused'
import { TextField } from '@/components/forms/text-field'
import { saveKeys } from '@/components/forms/save-shortcut'
import { UnsavedBar } from '@/components/forms/unsaved-bar'
import { Button } from '@/components/ui/button'
import { Tabs } from '@/components/ui/tabs'
import type { InstanceDetail } from '@/lib/instances/views'

type InstanceSettingsProps = {
  instance: InstanceDetail
  canChange: boolean
  canRun: boolean
  /** For authorisation-code methods. */
  redirectUris: ReactNode
  /** Where to authorise instead, if the browser's address is not configured; null if it is. */
  authoriseAt: string | null
  statusPanel: ReactNode
  timeline: ReactNode
}

/** *Instance settings*: tabs with one draft and one save (rule R8), and the timeline. */
export function InstanceSettings({
  instance,
  canChange,
  canRun,
  redirectUris,
  authoriseAt,
  statusPanel,
  timeline,
}: InstanceSettingsProps) {
  const form = useInstanceForm(instance)
  const { base, draft, said } = form
  const errors = said.form.status === 'invalid' ? said.form.fieldErrors : {}
  const { needsPerson } = base.method
  const details = (
    <div className="grid max-w-2xl gap-5">
      <TextField
        name="name"
        label="Instance name"
        required
        maxLength={120}
        value={draft.details.name}
        readOnly={!canChange}
        error={errors.name}
        onChange={(event) => form.setDraft({ ...draft, details: { ...draft.details, name: event.target.value } })}
      />
      <DetailsFields
        draft={draft.details}
        inherited={base.inherited}
        onChange={(next) => form.setDraft({ ...draft, details: next })}
        errors={errors}
        canChange={canChange}
      />
    </div>
  )
  const panels: Record<InstanceTab, ReactNode> = {
    details,
    authentication: <AuthenticationTab form={form} errors={errors} redirectUris={redirectUris} canChange={canChange} />,
    certificates: (
      <CertificatesTab
        key={form.formNumber}
        certificate={base.certificate}
        waiting={draft.waiting.certificate !== null || (base.pending?.certificate ?? false)}
        draft={draft.certificate}
        onChange={(certificate) => form.setDraft({ ...draft, certificate })}
        errors={errors}
        canChange={canChange}
      />
    ),
    timeline: timeline || (
      <p role="status" className="text-muted">
        Loading the timeline…
      </p>
    ),
  }
  return (
    <div data-form className="grid gap-6">
      <HealthNotice
        instance={instance}
        canRun={canRun}
        onShowChanges={() => form.setTab('timeline')}
        authoriseAgain={
          needsPerson &&
          canChange && (
            <AuthoriseButton
              label="Authorise again"
              pending={form.saving}
              onAuthorise={() => form.save('authorise')}
              authoriseAt={authoriseAt}
            />
          )
        }
      />
      {needsPerson &&
        instance.disabled.length === 0 &&
        (instance.health.status !== 'failing' || instance.pending?.isNew) && (
          <AuthorisationNotice
            instance={instance}
            canChange={canChange}
            pending={form.saving}
            onAuthorise={() => form.save('authorise')}
            authoriseAt={authoriseAt}
          />
        )}
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 gap-3">
          <h2 className="text-lg font-semibold">Instance settings</h2>
          <SaveRefused
            state={said.form}
            merged={form.merged}
            draft={form.parts}
            onChoose={form.choose}
            labelOf={([group, id]) => (group === 'values' ? labelOfValue(base, id!) : undefined)}
            textOf={versionText}
          />
          {said.verification && <SaidOfCredentials form={form} verification={said.verification} />}
          <Tabs
            label="Instance settings"
            value={form.tab}
            onValueChange={(value) => form.setTab(value as InstanceTab)}
            tabs={tabNames.map((value) => ({
              value,
              label: instanceTabs[value],
              badge: (
                <>
                  {value === 'certificates' && base.certificate?.warning && (
                    <TriangleAlert
                      role="img"
                      aria-label={base.certificate.expired ? 'expired' : 'expires soon'}
                      className="size-3.5 text-warn"
                    />
                  )}
                  {form.changed.includes(value) && <span aria-hidden className="size-1.5 rounded-full bg-accent" />}
                </>
              ),
              content: panels[value],
            }))}
          />
        </div>
        {statusPanel}
      </div>
      {canChange && (
        <UnsavedBar dirty={form.dirty} message={unsavedMessage(form.changed)}>
          {form.dirty && (
            <Button variant="ghost" aria-label="Discard changes" onClick={form.discard} disabled={form.saving}>
              Discard
            </Button>
          )}
          <div className="flex flex-wrap justify-end gap-2 max-sm:w-full max-sm:[&_button]:px-2 max-sm:[&_button]:text-sm">
            {!needsPerson && (
              <Button pending={form.testing} disabled={form.saving} onClick={form.test}>
                Test instance connection
              </Button>
            )}
            <Button
              variant="primary"
              pending={form.saving}
              disabled={form.testing}
              onClick={() => form.save('save')}
              {...saveKeys}
            >
              Save instance settings
            </Button>
          </div>
        </UnsavedBar>
      )}
    </div>
  )
}

function labelOfValue({ fields }: InstanceDetail, id: string): string | undefined {
  return allFields(fields).find(({ variable }) => variable.id === id)?.variable.displayName
}

type SaidOfCredentialsProps = {
  form: ReturnType<typeof useInstanceForm>
  verification: NonNullable<ReturnType<typeof useInstanceForm>['said']['verification']>
}

/** Rule R6: rejected credentials are not saved. If the result is unclear, the person decides. */
function SaidOfCredentials({ form, verification: { report, ofSave } }: SaidOfCredentialsProps) {
  if (!ofSave) return <VerificationAlert report={report} />
  const rejected = report.outcome === 'rejected'
  return (
    <VerificationAlert
      report={report}
      refused="nothing was saved. The previous credentials are still in use."
      actions={
        !rejected && (
          <Button pending={form.saving} onClick={() => form.save('save_without_verifying')}>
            Save without verifying
          </Button>
        )
      }
    />
  )
}
