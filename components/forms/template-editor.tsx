'use client'

import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { FieldControlProps } from '@/components/forms/field'
import { TemplateCompletions, type CompletionChoice } from '@/components/forms/template-completions'
import { choicesFor } from '@/components/forms/template-choices'
import type { TemplateVariable } from '@/components/forms/template-variable'
import { TemplateHelp } from '@/components/forms/template-help'
import {
  complete,
  completionAt,
  templateTokens,
  type Completion,
  type TemplateToken,
} from '@/components/forms/template-tokens'
import { cn } from '@/components/ui/cn'
import { isTemplateFilter } from '@/lib/platform/forms/template-words'

type TemplateEditorProps = Omit<FieldControlProps, 'required'> & {
  name?: string
  value: string
  onValueChange: (value: string) => void
  variables: readonly TemplateVariable[]
  multiline?: boolean
  minRows?: number
  placeholder?: string
  disabled?: boolean
  readOnly?: boolean
  maxLength?: number
  required?: boolean
  /** Where no label is near: a cell of a table. */
  'aria-label'?: string
}

const colours: Record<TemplateToken['kind'], string> = {
  text: '',
  mark: 'text-faint',
  known: 'text-accent-text',
  filter: 'text-muted',
  literal: 'text-foreground',
  flow: 'text-ok',
  'unknown-filter': 'text-bad underline decoration-bad decoration-wavy underline-offset-2',
  unknown: 'text-bad underline decoration-bad decoration-wavy underline-offset-2',
}

const offered: Record<Completion['kind'], string> = {
  variable: 'Variables',
  filter: 'Filters',
  argument: 'What the filter is given',
}

/** Of the list of completions, in pixels: it stays inside of the field. */
const completionsWidth = 288

/** Where the character at `offset` is drawn, relative to `frame`. */
function placeOf(overlay: HTMLElement, frame: HTMLElement, offset: number): { left: number; top: number } {
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

/**
 * A text area whose words are transparent over a coloured copy of the same text: what is typed, selected and read out
 * is the browser's own. It grows with its text, and completes variables after `{{`, filters after `|` and what they
 * take.
 */
export function TemplateEditor({
  value,
  onValueChange,
  variables,
  multiline = false,
  minRows = 1,
  ...rest
}: TemplateEditorProps) {
  const listId = useId()
  const frame = useRef<HTMLDivElement>(null)
  const overlay = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLTextAreaElement>(null)
  const caretAfter = useRef<number>(undefined)
  const [completion, setCompletion] = useState<(Completion & { left: number; top: number }) | null>(null)
  const [active, setActive] = useState(0)

  const known = new Set(variables.map((variable) => variable.key))
  const words = { isVariable: (key: string) => known.has(key), isFilter: isTemplateFilter }
  const choices = completion === null ? [] : choicesFor(completion, variables)

  useLayoutEffect(() => {
    if (caretAfter.current === undefined) return
    input.current?.setSelectionRange(caretAfter.current, caretAfter.current)
    caretAfter.current = undefined
  }, [value])

  const look = (text: string, caret: number) => {
    const found = completionAt(text, caret)
    setActive(0)
    // The coloured copy is a moment behind the typed text.
    requestAnimationFrame(() => {
      if (!found || !overlay.current || !frame.current) return setCompletion(null)
      setCompletion({ ...found, ...placeOf(overlay.current, frame.current, found.from) })
    })
  }
  const type = (text: string, caret: number) => {
    onValueChange(multiline ? text : text.replace(/[\r\n]+/g, ''))
    look(text, caret)
  }
  const choose = (choice: CompletionChoice) => {
    if (!completion || !input.current) return
    const next = complete(value, input.current.selectionStart, completion, choice.insert ?? choice.value)
    caretAfter.current = next.caret
    setCompletion(null)
    onValueChange(next.template)
    input.current.focus()
  }
  const press = (event: KeyboardEvent) => {
    const open = choices.length > 0
    if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      setActive((active + (event.key === 'ArrowDown' ? 1 : choices.length - 1)) % choices.length)
    } else if (open && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault()
      choose(choices[active]!)
    } else if (open && event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      setCompletion(null)
    } else if (event.key === 'Enter' && !multiline) {
      event.preventDefault()
      input.current?.form?.requestSubmit()
    }
  }

  // Room for the button, and for the scroll bar of a long text.
  const text = cn(
    'py-1.25 pl-2.5 font-mono text-sm leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]',
    multiline ? 'pr-12' : 'pr-9',
  )
  return (
    <div ref={frame} className="relative min-w-0">
      <div
        className={cn(
          'control max-h-96 overflow-auto px-0! focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent',
          rest['aria-invalid'] && 'border-bad',
          (rest.disabled || rest.readOnly) && 'bg-subtle',
        )}
      >
        <div className="relative">
          <div
            ref={overlay}
            aria-hidden
            className={text}
            style={{ minHeight: `calc(${minRows} * 1.25rem + 0.625rem)` }}
          >
            {templateTokens(value, words).map((token, index) => (
              <span key={index} className={colours[token.kind]}>
                {token.text}
              </span>
            ))}
            {'\u200b'}
          </div>
          <textarea
            ref={input}
            rows={1}
            value={value}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            aria-autocomplete="list"
            aria-controls={choices.length > 0 ? listId : undefined}
            aria-activedescendant={choices.length > 0 ? `${listId}-${active}` : undefined}
            onChange={(event) => type(event.target.value, event.target.selectionStart)}
            onKeyDown={press}
            onClick={(event) => look(value, event.currentTarget.selectionStart)}
            onBlur={() => setCompletion(null)}
            {...rest}
            className={cn(
              text,
              'absolute inset-0 block h-full w-full resize-none overflow-hidden bg-transparent text-transparent caret-foreground outline-none',
            )}
          />
        </div>
      </div>
      <span className={cn('absolute top-0.75', multiline ? 'right-4' : 'right-1')}>
        <TemplateHelp />
      </span>
      {completion && choices.length > 0 && (
        <TemplateCompletions
          id={listId}
          label={offered[completion.kind]}
          choices={choices}
          active={active}
          left={completion.left}
          top={completion.top}
          onChoose={choose}
        />
      )}
    </div>
  )
}
