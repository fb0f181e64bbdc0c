'use client'

import { DismissableLayer, Popper } from 'radix-ui/internal'
import { useCallback, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'

/** Milliseconds before a tooltip appears, and before it disappears. */
const waits = { first: 350, leave: 300 }
/** Within this many milliseconds after a tooltip was visible, the next one appears immediately. */
const soon = 200

const tooltipOf = (target: EventTarget | null) =>
  target instanceof Element ? target.closest<HTMLElement>('[data-tooltip]') : null

/**
 * Shows the tooltip of the element with `data-tooltip` that has the pointer or the keyboard focus. A tooltip explains
 * an element that already has a name, and is never the only source of a fact. It stays while the pointer is on it, and
 * Escape closes it (WCAG 1.4.13).
 */
export function Tooltips() {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const anchor = useRef<HTMLElement | null>(null)
  const show = useCallback((next: HTMLElement | null) => {
    anchor.current = next
    setElement(next)
  }, [])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let lastShownAt = -Infinity
    // The tooltip of a pressed element does not appear again until the pointer has left it.
    let pressed: HTMLElement | null = null
    const showAfter = (wait: number, next: HTMLElement | null) => {
      clearTimeout(timer)
      timer = setTimeout(() => show(next), wait)
    }
    const showNow = (next: HTMLElement | null) => {
      clearTimeout(timer)
      show(next)
    }
    const point = ({ target, pointerType }: PointerEvent) => {
      if (pointerType === 'touch') return
      if (anchor.current) lastShownAt = performance.now()
      if (target instanceof Element && target.closest('[role=tooltip]')) return clearTimeout(timer)
      const next = tooltipOf(target)
      if (next !== pressed) pressed = null
      if (next === anchor.current || next === pressed) clearTimeout(timer)
      else if (!next) showAfter(waits.leave, null)
      else showAfter(performance.now() - lastShownAt < soon ? 0 : waits.first, next)
    }
    const focus = ({ target }: FocusEvent) =>
      showNow(target instanceof Element && target.matches(':focus-visible') ? tooltipOf(target) : null)
    const hide = () => showNow(null)
    const press = ({ target }: Event) => {
      pressed = tooltipOf(target)
      hide()
    }
    const dismiss = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !anchor.current) return
      // Otherwise Escape would also close the dialog below the tooltip.
      event.stopImmediatePropagation()
      hide()
    }
    const listeners = {
      pointerover: point,
      pointerdown: press,
      click: hide,
      focusin: focus,
      focusout: hide,
      keydown: dismiss,
      scroll: hide,
    }
    for (const [event, listener] of Object.entries(listeners))
      document.addEventListener(event, listener as EventListener, true)
    // The pointer may have been on an element before this code was loaded.
    const hovered = document.querySelector<HTMLElement>('[data-tooltip]:hover')
    if (hovered) showAfter(waits.first, hovered)
    return () => {
      clearTimeout(timer)
      for (const [event, listener] of Object.entries(listeners))
        document.removeEventListener(event, listener as EventListener, true)
    }
  }, [show])
  useEffect(() => {
    if (!element) return
    const observer = new MutationObserver(() => element.isConnected || show(null))
    observer.observe(document.body, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [element, show])
  const text = element?.dataset.tooltip
  if (!text) return null
  return (
    <Popper.Root>
      <Popper.Anchor virtualRef={anchor} />
      {createPortal(
        // A branch, so that a press on the tooltip does not count as outside the dialog below it.
        <DismissableLayer.Branch asChild>
          <Popper.Content
            key={text}
            role="tooltip"
            side="top"
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-xs animate-appear rounded-md bg-foreground px-2 py-1 text-xs text-background"
          >
            {text}
          </Popper.Content>
        </DismissableLayer.Branch>,
        document.body,
      )}
    </Popper.Root>
  )
}
