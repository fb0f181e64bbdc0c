'use client'

import { useEffect, useRef } from 'react'

/** Pixels of the next item that stay visible, to show that there are more. */
const peek = 24

/**
 * For a row that scrolls sideways, such as tabs on a phone: scrolls the element that matches `selector` into view
 * whenever `current` changes.
 */
export function useCurrentInView<Row extends HTMLElement>(selector: string, current: string) {
  const row = useRef<Row>(null)
  useEffect(() => {
    const outer = row.current
    const inner = outer?.querySelector(selector)
    if (!outer || !inner) return
    const [box, item] = [outer.getBoundingClientRect(), inner.getBoundingClientRect()]
    if (item.left < box.left) outer.scrollLeft -= box.left - item.left + peek
    else if (item.right > box.right) outer.scrollLeft += item.right - box.right + peek
  }, [selector, current])
  return row
}
