'use client'

import { useEffect, useRef } from 'react'
import { useFocusWhenSettled } from '@/components/forms/use-focus-when-settled'

/**
 * The bar with the buttons of a long form. The style sheet and the toaster read its height and the distance of its
 * upper edge from the bottom of the window, so that it never covers the focused control or a message. After a save the
 * focus moves to the selected tab.
 */
export function useSaveBar(unsaved: boolean) {
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => (bar.current ? follow(bar.current) : undefined), [])

  useFocusWhenSettled(bar, unsaved, tabInFront)
  return bar
}

const tabInFront = (bar: HTMLElement) =>
  bar.closest('form, [data-form]')?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')

function follow(bar: HTMLElement): () => void {
  const { style } = document.documentElement
  const measure = () => {
    const { top, height } = bar.getBoundingClientRect()
    style.setProperty('--save-bar', `${height}px`)
    style.setProperty('--above-save-bar', `${Math.max(0, window.innerHeight - top)}px`)
  }
  const observer = new ResizeObserver(measure)
  observer.observe(bar)
  window.addEventListener('scroll', measure, { passive: true })
  window.addEventListener('resize', measure)
  return () => {
    observer.disconnect()
    window.removeEventListener('scroll', measure)
    window.removeEventListener('resize', measure)
    style.removeProperty('--save-bar')
    style.removeProperty('--above-save-bar')
  }
}
