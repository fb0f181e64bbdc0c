'use client'

import { useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { filtersPart } from '@/components/forms/filters-part'
import { choicesFor } from '@/components/forms/template-choices'
import type { CompletionChoice } from '@/components/forms/template-completions'
import { complete, completionAt, type Completion } from '@/components/forms/template-tokens'
import type { TemplateVariable } from '@/components/forms/template-variable'
import { usePart } from '@/components/ui/lazy-part'

/** The width of the list of completions, in pixels. The list stays inside the field. */
const completionsWidth = 288

type Position = { left: number; top: number }

/** The position of the character at `offset`, relative to `frame`. */
function positionOf(overlay: HTMLElement, frame: HTMLElement, offset: number): Position {
  const walker = document.createTreeWalker(overlay, NodeFilter.SHOW_TEXT)
  let rest = offset
  let node = walker.nextNode()
  while (node && rest > (node.textContent ?? '').length) {
    rest -= (node.textContent ?? '').length
    node = walker.nextNode()
  }
  const range = document.createRange()
  if (node) range.setStart(node, rest)
  const at = node ? range.getBoundingClientRect() : overlay.getBoundingClientRect()
  const base = frame.getBoundingClientRect()
  return {
    left: Math.max(0, Math.min(at.left - base.left, base.width - completionsWidth)),
    top: at.bottom - base.top + 4,
  }
}

type Edited = {
  value: string
  onValueChange: (value: string) => void
  variables: readonly TemplateVariable[]
  /** The element around the editor. */
  frame: RefObject<HTMLElement | null>
  /** The coloured copy of the text. */
  overlay: RefObject<HTMLElement | null>
  input: RefObject<HTMLTextAreaElement | null>
}

/** The completions at the caret of a template editor, and the keys to choose one. */
export function useTemplateCompletion({ value, onValueChange, variables, frame, overlay, input }: Edited) {
  const caretAfter = useRef<number>(undefined)
  const [completion, setCompletion] = useState<(Completion & Position) | null>(null)
  const [active, setActive] = useState(0)
  const filters = usePart(filtersPart)?.templateFilters ?? []
  const choices = completion === null ? [] : choicesFor(completion, variables, filters)

  useLayoutEffect(() => {
    if (caretAfter.current === undefined) return
    input.current?.setSelectionRange(caretAfter.current, caretAfter.current)
    caretAfter.current = undefined
  }, [value, input])

  const look = (text: string, caret: number) => {
    const found = completionAt(text, caret)
    setActive(0)
    // The coloured copy is updated shortly after the typed text.
    requestAnimationFrame(() => {
      if (!found || !overlay.current || !frame.current) return setCompletion(null)
      setCompletion({ ...found, ...positionOf(overlay.current, frame.current, found.from) })
    })
  }
  const choose = (choice: CompletionChoice) => {
    if (!completion || !input.current) return
    const next = complete(value, input.current.selectionStart, completion, choice.insert ?? choice.value)
    caretAfter.current = next.caret
    setCompletion(null)
    onValueChange(next.template)
    input.current.focus()
  }
  /** Returns whether the list handled the key. */
  const press = (event: KeyboardEvent): boolean => {
    if (choices.length === 0) return false
    if (event.key === 'ArrowDown') setActive((active + 1) % choices.length)
    else if (event.key === 'ArrowUp') setActive((active + choices.length - 1) % choices.length)
    else if (event.key === 'Enter' || event.key === 'Tab') choose(choices[active]!)
    else if (event.key === 'Escape') setCompletion(null)
    else return false
    event.preventDefault()
    if (event.key === 'Escape') event.stopPropagation()
    return true
  }
  return { completion, choices, active, look, choose, press, close: () => setCompletion(null) }
}
