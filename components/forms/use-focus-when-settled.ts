'use client'

import { useEffect, useEffectEvent, useRef, type RefObject } from 'react'

/**
 * Once everything is saved or discarded, the button that did it may be disabled: focus goes to the next control, or to
 * the page, where one continues.
 * @param buttons the element with the buttons: a focus elsewhere stays where it is
 */
export function useFocusWhenSettled(
  buttons: RefObject<HTMLElement | null>,
  unsaved: boolean,
  nextOf: (buttons: HTMLElement) => HTMLElement | null | undefined,
): void {
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

  const findNext = useEffectEvent(nextOf)
  const wasUnsaved = useRef(unsaved)
  useEffect(() => {
    const isSettled = wasUnsaved.current && !unsaved
    wasUnsaved.current = unsaved
    const { activeElement, body } = document
    const shown = buttons.current
    if (!isSettled || !shown || (activeElement !== body && !shown.contains(activeElement))) return
    const next = findNext(shown) ?? document.getElementById('main')
    // The page must not jump away from what a person with a mouse looks at.
    next?.focus({ preventScroll: isPointing.current })
  }, [buttons, unsaved])
}
