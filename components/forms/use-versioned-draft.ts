'use client'

import { useState } from 'react'
import { mergeVersions, withValueAt, type Merged } from '@/lib/platform/forms/versions'

type Stored<Draft> = { draft: Draft; revision: number }

type Rules<Draft, Parts> = {
  /** Converts the draft into the form in which versions are compared field by field, and back. */
  partsOf: (draft: Draft) => Parts
  draftOf: (parts: Parts) => Draft
  isSame: (one: Draft, other: Draft) => boolean
}

/**
 * A draft of something that several people edit (rule R12). A new revision comes from saving this draft, from a
 * separate save (of a variable), or from somebody else. In each case, unsaved changes stay, including those that were
 * typed during a save.
 */
export function useVersionedDraft<Draft, Parts>(
  stored: Stored<Draft>,
  { partsOf, draftOf, isSame }: Rules<Draft, Parts>,
  first = stored.draft,
) {
  const [base, setBase] = useState(stored)
  const [draft, setDraft] = useState(first)
  const [sent, setSent] = useState<{ draft: Draft; saved: boolean } | null>(null)
  const [merged, setMerged] = useState<Merged<Parts> | null>(null)

  if (stored.revision !== base.revision && (sent === null || sent.saved)) {
    const from = sent?.draft ?? base.draft
    const found = isSame(draft, from) ? null : mergeVersions(partsOf(from), partsOf(draft), partsOf(stored.draft))
    setBase(stored)
    setDraft(found ? draftOf(found.draft) : stored.draft)
    // What was typed after the own save does not conflict with somebody else.
    setMerged(sent ? null : found)
    setSent(null)
  }

  return {
    draft,
    setDraft,
    dirty: !isSame(draft, base.draft),
    merged,
    /** Chooses one of two versions of a field. */
    choose: (path: readonly string[], value: unknown) => setDraft(draftOf(withValueAt(partsOf(draft), path, value))),
    discard: () => {
      setDraft(base.draft)
      setMerged(null)
    },
    /** @param send saves the draft and returns whether it was saved */
    save: async (send: (draft: Draft) => Promise<boolean>): Promise<boolean> => {
      setSent({ draft, saved: false })
      const saved = await send(draft)
      setSent(saved ? { draft, saved } : null)
      if (saved) setMerged(null)
      return saved
    },
  }
}
