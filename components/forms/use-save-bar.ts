'use client'

import { useEffect, useRef } from 'react'

/**
 * The bar with the buttons of a long form. The style sheet and the toaster read its height and the distance of its
 * upper edge from the bottom of the window, so that it never covers the focused control or a message. After everything
 * is saved or discarded, its buttons may be disabled, so the focus moves to the selected tab, or to the page.
 */
export function useSaveBar(unsaved: boolean) {
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => (bar.current ? follow(bar.current) : undefined), [])

  const isPointing = useRef(false)
  useEffect(() => {
    const note = ({ type }: Event) => (isPointing.current = type === 'pointerdown')
    window.addEventListener('pointerdown', note, true)
    window.addEventListener('keydown', note, true)
    return () => {
      window.removeEventListener('pointerdown', note, true)
      window.removeEventListener('keydown', note, true)
    }
  }, [])

  const wasUnsaved = useRef(unsaved)
  useEffect(() => {
    const isSettled = wasUnsaved.current && !unsaved
    wasUnsaved.current = unsaved
    const { activeElement, body } = document
    if (!isSettled || !bar.current || (activeElement !== body && !bar.current.contains(activeElement))) return
    const form = bar.current.closest('form, [data-form]')
    const tab = form?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')
    const next = tab ?? document.getElementById('main')
    // The page must not scroll away from what a person with a mouse is looking at.
    next?.focus({ preventScroll: isPointing.current })
  }, [unsaved])
  return bar
}

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
