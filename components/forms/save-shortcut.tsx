'use client'

import { useEffect } from 'react'

/** Attributes of the button that Ctrl+S or ⌘S presses. */
export const saveKeys = { 'aria-keyshortcuts': 'Control+S Meta+S' }

/** Ctrl+S or ⌘S presses the save button of the topmost dialog, or of the page if there is no dialog. */
export function SaveShortcut() {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 's' || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey) return
      const scope = [...document.querySelectorAll('[role=dialog]')].at(-1) ?? document
      const buttons = scope.querySelectorAll<HTMLButtonElement>(
        `button[aria-keyshortcuts="${saveKeys['aria-keyshortcuts']}"]`,
      )
      const shown = [...buttons].find((button) => button.offsetParent !== null)
      if (!shown) return
      event.preventDefault()
      shown.click()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  return null
}
