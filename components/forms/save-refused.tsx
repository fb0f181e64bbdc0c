'use client'

import type { ComponentProps } from 'react'
import { FormErrorSummary } from '@/components/forms/form-error-summary'
import { VersionChoices } from '@/components/forms/version-choices'
import type { FormState } from '@/lib/platform/forms/form-state'

type SaveRefusedProps = Omit<ComponentProps<typeof VersionChoices>, 'changedBy' | 'merged'> & {
  state: FormState
  /** What was typed, merged with what somebody else saved; null if nobody else saved. */
  merged: ComponentProps<typeof VersionChoices>['merged'] | null
}

/**
 * Why a save was refused: fields with errors, or somebody else who saved first (rule R12). The choice between the
 * versions stays until a save succeeds. The error of a later save is shown next to it.
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
