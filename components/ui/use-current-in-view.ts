'use client'

import { useEffect, useRef } from 'react'

/** A row that scrolls sideways, such as tabs on a phone: shows the one that `selector` finds whenever `current` changes. */
export function useCurrentInView<Row extends HTMLElement>(selector: string, current: string) {
  const row = useRef<Row>(null)
  useEffect(() => {
    const outer = row.current
    const inner = outer?.querySelector(selector)
    if (!outer || !inner) return
    const [box, item] = [outer.getBoundingClientRect(), inner.getBoundingClientRect()]
    if (item.left < box.left) outer.scrollLeft -= box.left - item.left
    else if (item.right > box.right) outer.scrollLeft += item.right - box.right
  }, [selector, current])
  return row
}
