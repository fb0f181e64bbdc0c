'use client'

import { useState } from 'react'
import { stage, type CellKey, type Staged } from '@/components/enablement/matrix-model'
import type { Filling } from '@/components/enablement/matrix-selection'

const nothing: Staged = new Map()
/** The number of steps that can be undone. */
const longestHistory = 100

type History = { past: Staged[]; now: Staged; future: Staged[] }

/** The staged changes, with undo and redo. */
export function useStaged(base: ReadonlySet<CellKey>) {
  const [{ past, now, future }, setHistory] = useState<History>({ past: [], now: nothing, future: [] })
  const change = (next: (staged: Staged) => Staged) =>
    setHistory((before) => ({
      past: [...before.past, before.now].slice(-longestHistory),
      now: next(before.now),
      future: [],
    }))
  return {
    staged: now,
    toggle: (keys: CellKey[], enabled: boolean) => change((staged) => stage(base, staged, keys, enabled)),
    fill: ({ on, off }: Filling) => change((staged) => stage(base, stage(base, staged, on, true), off, false)),
    discard: () => change(() => nothing),
    /** After the changes were applied, there is nothing left to undo. */
    reset: () => setHistory({ past: [], now: nothing, future: [] }),
    canUndo: past.length > 0,
    canRedo: future.length > 0,
    undo: () =>
      setHistory((before) => {
        const last = before.past.at(-1)
        return last ? { past: before.past.slice(0, -1), now: last, future: [before.now, ...before.future] } : before
      }),
    redo: () =>
      setHistory((before) => {
        const [next, ...rest] = before.future
        return next ? { past: [...before.past, before.now], now: next, future: rest } : before
      }),
  }
}
