'use client'

import { useId, useRef, type KeyboardEvent } from 'react'
import type { FieldControlProps } from '@/components/forms/field'
import { useIsFilter } from '@/components/forms/filters-part'
import { TemplateCompletions } from '@/components/forms/template-completions'
import { TemplateHelp } from '@/components/forms/template-help'
import { templateTokens, type Completion, type TemplateToken } from '@/components/forms/template-tokens'
import type { TemplateVariable } from '@/components/forms/template-variable'
import { useTemplateCompletion } from '@/components/forms/use-template-completion'
import { cn } from '@/components/ui/cn'

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
  /** For editors without a visible label, in a cell of a table. */
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
  argument: 'Filter arguments',
}

/**
 * A text area with transparent text over a coloured copy of the same text, so that typing, selecting and reading aloud
 * work natively. It grows with its text, and completes variables after `{{`, filters after `|`, and arguments of
 * filters.
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
  const known = new Set(variables.map((variable) => variable.key))
  const words = { isVariable: (key: string) => known.has(key), isFilter: useIsFilter() }
  const { completion, choices, active, ...list } = useTemplateCompletion({
    value,
    onValueChange,
    variables,
    frame,
    overlay,
    input,
  })

  const type = (text: string, caret: number) => {
    onValueChange(multiline ? text : text.replace(/[\r\n]+/g, ''))
    list.look(text, caret)
  }
  const press = (event: KeyboardEvent) => {
    if (list.press(event) || event.key !== 'Enter' || multiline) return
    event.preventDefault()
    input.current?.form?.requestSubmit()
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
            onClick={(event) => list.look(value, event.currentTarget.selectionStart)}
            onBlur={list.close}
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
          onChoose={list.choose}
        />
      )}
    </div>
  )
}
