'use client'

import { useRef, useState } from 'react'

/** Which rows are chosen; with shift, everything between the last choice and this one. */
export function useSelection(ids: readonly string[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const last = useRef<string>(undefined)
  const selected = ids.filter((id) => chosen.has(id))

  const toggle = (id: string, on: boolean, withShift: boolean) => {
    const from = withShift && last.current !== undefined ? ids.indexOf(last.current) : -1
    const to = ids.indexOf(id)
    const range = from === -1 ? [id] : ids.slice(Math.min(from, to), Math.max(from, to) + 1)
    last.current = id
    setChosen((before) => {
      const after = new Set(before)
      for (const each of range) {
        if (on) after.add(each)
        else after.delete(each)
      }
      return after
    })
  }
  const toggleAll = (on: boolean) => setChosen(on ? new Set(ids) : new Set())

  return { selected, isSelected: (id: string) => chosen.has(id), all: ids.length > 0 && selected.length === ids.length, toggle, toggleAll }
}
