'use client'

import { useEffect, useEffectEvent, useState, type RefObject } from 'react'
import { writeField } from '@/components/forms/field-in-form'
import { mergeVersions, withValueAt, type Merged } from '@/lib/platform/forms/versions'
import type { FormState } from '@/lib/platform/forms/form-state'

/** The stored values, by the names of the form's fields. */
export type FormVersion = { revision: number; values: Record<string, string> }

type Given = { version: FormVersion | undefined; state: FormState; dirty: boolean; doneCount: number }

/**
 * The version that was current when the person began to type. A save is checked against it, even if the page was read
 * again in the meantime. If the save is refused because of it (rule R12), what is typed is merged with what is stored
 * now.
 */
export function useFormVersion(form: RefObject<HTMLFormElement | null>, { version, state, dirty, doneCount }: Given) {
  const [base, setBase] = useState(version)
  const [merged, setMerged] = useState<Merged<Record<string, string>> | null>(null)
  const [seenDone, setSeenDone] = useState(doneCount)
  const changedBy = state.status === 'invalid' ? state.changedBy : undefined
  const isNew = version?.revision !== base?.revision
  if (isNew && changedBy && state.status === 'invalid' && base && version) {
    const typed = Object.fromEntries(Object.keys(version.values).map((name) => [name, lines(state.values[name] ?? '')]))
    setMerged(mergeVersions(base.values, typed, version.values))
    setBase(version)
  } else if (isNew && (!dirty || doneCount !== seenDone)) {
    setSeenDone(doneCount)
    setMerged(null)
    setBase(version)
  }

  const writeTaken = useEffectEvent(() => {
    for (const [name] of merged?.taken ?? [])
      if (form.current) writeField(form.current, name!, merged!.draft[name!] ?? '')
  })
  const taken = merged?.taken
  useEffect(() => {
    if (taken) writeTaken()
  }, [taken])
  return {
    revision: base?.revision,
    merged,
    choose: (path: readonly string[], value: unknown) => {
      if (!merged) return
      const draft = withValueAt(merged.draft, path, value)
      if (form.current) writeField(form.current, path[0]!, draft[path[0]!] ?? '')
      setMerged({ ...merged, draft })
    },
  }
}

/** Browsers send forms with CRLF line ends. */
const lines = (text: string) => text.replaceAll('\r\n', '\n')
