'use client'

import type { ComponentProps } from 'react'
import { FormErrorSummary } from '@/components/forms/form-error-summary'
import { VersionChoices } from '@/components/forms/version-choices'
import type { FormState } from '@/lib/platform/forms/form-state'

type SaveRefusedProps = Omit<ComponentProps<typeof VersionChoices>, 'changedBy' | 'merged'> & {
  state: FormState
  /** Of what was typed with what somebody else saved; null where nobody did. */
  merged: ComponentProps<typeof VersionChoices>['merged'] | null
}

/**
 * Why a save was refused: the fields that are wrong, or the version of somebody else who saved first (rule R12). The
 * choice between versions stays until a save succeeds; what refuses a later save is shown beside it.
 */
export function SaveRefused({ state, merged, ...choices }: SaveRefusedProps) {
  const changedBy = state.status === 'invalid' ? state.changedBy : undefined
  return (
    <>
      {merged && (changedBy || merged.conflicts.length > 0) && (
        <VersionChoices changedBy={changedBy ?? null} merged={merged} {...choices} />
      )}
      {!(merged && changedBy) && <FormErrorSummary state={state} />}
    </>
  )
}
