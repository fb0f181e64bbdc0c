'use client'

import {
  cloneElement,
  useCallback,
  useId,
  useRef,
  type HTMLAttributes,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type Ref,
  type RefObject,
} from 'react'

export type Opener = RefObject<HTMLElement | null>

type Trigger = ReactElement<HTMLAttributes<HTMLElement>>
type TriggerProps = HTMLAttributes<HTMLElement> & { ref: Ref<HTMLElement>; 'data-state': 'open' | 'closed' }

/**
 * Makes an element open an overlay when it is pressed, and tells screen readers that it does.
 * @param state `isReady`: the overlay is loaded. Until then the element shows that it is busy, and ignores presses
 * @param show `isKey`: opened by a key, not by the pointer
 * @returns the element to render, a ref to it and its ID
 */
export function useOpener(
  trigger: ReactElement | undefined,
  kind: 'dialog' | 'menu',
  { isOpen, isReady }: { isOpen: boolean; isReady: boolean },
  show: (open: boolean, isKey?: boolean) => void,
): { rendered: ReactElement | undefined; opener: Opener; openerId: string } {
  const opener = useRef<HTMLElement | null>(null)
  const ref = useCallback((element: HTMLElement | null) => void (opener.current = element), [])
  const ownId = useId()
  const given = (trigger as Trigger | undefined)?.props
  const openerId = given?.id ?? ownId
  if (!trigger || !given) return { rendered: undefined, opener, openerId }
  const props: TriggerProps = {
    id: openerId,
    ref,
    'aria-haspopup': kind,
    'aria-expanded': isOpen,
    'aria-busy': (isOpen && !isReady) || undefined,
    'data-state': isOpen ? 'open' : 'closed',
    onClick: (event: MouseEvent<HTMLElement>) => {
      given.onClick?.(event)
      // `detail` is the number of clicks, which is 0 for a key.
      if (!event.defaultPrevented && (!isOpen || isReady)) show(!isOpen, event.detail === 0)
    },
    ...(kind === 'menu' && {
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
        given.onKeyDown?.(event)
        if (event.key !== 'ArrowDown' || event.currentTarget.ariaDisabled === 'true') return
        event.preventDefault()
        show(true, true)
      },
    }),
  }
  return { rendered: cloneElement(trigger as Trigger, props), opener, openerId }
}
