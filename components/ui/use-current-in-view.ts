'use client'

import { useEffect, useRef } from 'react'

/** Of its neighbour, so that one sees there is more. */
const room = 24

/**
 * A row that scrolls sideways, such as tabs on a phone: shows the one that `selector` finds whenever `current` changes.
 */
export function useCurrentInView<Row extends HTMLElement>(selector: string, current: string) {
  const row = useRef<Row>(null)
  useEffect(() => {
    const outer = row.current
    const inner = outer?.querySelector(selector)
    if (!outer || !inner) return
    const [box, item] = [outer.getBoundingClientRect(), inner.getBoundingClientRect()]
    if (item.left < box.left) outer.scrollLeft -= box.left - item.left + room
    else if (item.right > box.right) outer.scrollLeft += item.right - box.right + room
  }, [selector, current])
  return row
}
