'use client'

import { Eye, EyeOff, Lock } from 'lucide-react'
import { useId, useRef, useState, type ReactNode } from 'react'
import { Field, type FieldFrame } from '@/components/forms/field'
import { useFormContext } from '@/components/forms/form-context'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'
import { RelativeTime } from '@/components/ui/relative-time'
import { RequiredMark } from '@/components/ui/required-mark'

type SecretFieldProps = FieldFrame & {
  name: string
  error?: string
  /** A value is stored; it is never shown again. */
  isSet?: boolean
  setAt?: Date | string | null
  /** A note that replaces the time: "New value waiting for the authorisation". */
  setNote?: ReactNode
  /** Why the stored value can no longer be used, so that it has to be typed again (for example another host). */
  retypeReason?: string
  /** Several lines: a private key. */
  multiline?: boolean
  /**
   * What was typed earlier, if the field is shown again after another method was chosen. It only ever comes from the
   * state of the browser.
   */
  typedBefore?: string
  /** `null` means that the stored value stays. */
  onValueChange?: (value: string | null) => void
  disabled?: boolean
  placeholder?: string
}

/**
 * Write-only (rule R10): shows that a value is set and when, and accepts a new one. If it is not changed, it sends
 * nothing, and the stored value stays. What is typed is only in this component until the form is saved.
 */
export function SecretField(props: SecretFieldProps) {
  const { doneCount } = useFormContext()
  return <SecretFieldBody key={doneCount} {...props} />
}

function SecretFieldBody({ isSet = false, retypeReason, onValueChange, ...rest }: SecretFieldProps) {
  const [replacing, setReplacing] = useState(isSet && rest.typedBefore !== undefined)
  const form = useFormContext()
  const error = rest.error ?? form.errors[rest.name]
  const asks = !isSet || replacing || retypeReason !== undefined
  const change = (next: boolean) => {
    setReplacing(next)
    onValueChange?.(next ? '' : null)
    form.changed()
  }
  if (!asks) return <StoredSecret {...rest} error={error} onReplace={() => change(true)} />
  const keep = isSet && retypeReason === undefined ? () => change(false) : undefined
  return (
    <TypedSecret
      {...rest}
      error={error ?? retypeReason}
      autoFocus={replacing && !rest.typedBefore}
      onKeep={keep}
      onType={onValueChange}
    />
  )
}

type StoredSecretProps = Omit<SecretFieldProps, 'isSet' | 'retypeReason' | 'typedBefore' | 'onValueChange'> & {
  onReplace: () => void
}

function StoredSecret({
  label,
  help,
  required = false,
  className,
  error,
  name,
  setAt,
  setNote,
  disabled,
  onReplace,
}: StoredSecretProps) {
  const id = useId()
  return (
    <div role="group" aria-labelledby={`${id}-label`} className={cn('grid content-start gap-1.5', className)}>
      <span className="min-h-5">
        <span id={`${id}-label`} className="text-sm font-medium">
          {label}
        </span>
        {required && <RequiredMark />}
      </span>
      <div className="flex h-8 items-center gap-2 rounded-md border border-dashed border-line-strong bg-subtle pr-0.5 pl-2.5 text-sm text-muted">
        <Lock aria-hidden className="size-3.5 shrink-0" />
        <span className="min-w-0 grow truncate">
          {setNote ??
            (setAt ? (
              <>
                Set <RelativeTime at={setAt} />
              </>
            ) : (
              'Set'
            ))}
        </span>
        {!disabled && (
          <Button
            size="sm"
            variant="ghost"
            data-field={name}
            aria-label={`Replace ${label}`}
            className="h-6.5!"
            onClick={onReplace}
          >
            Replace
          </Button>
        )}
      </div>
      {error && <p className="text-sm text-bad">{error}</p>}
      {help && <div className="text-sm text-muted">{help}</div>}
    </div>
  )
}

type TypedSecretProps = Omit<SecretFieldProps, 'isSet' | 'retypeReason' | 'onValueChange'> & {
  autoFocus: boolean
  onKeep?: () => void
  onType?: (value: string) => void
}

function TypedSecret({
  label,
  help,
  required,
  className,
  error,
  name,
  multiline = false,
  disabled,
  placeholder,
  typedBefore = '',
  autoFocus,
  onKeep,
  onType,
}: TypedSecretProps) {
  const [typed, setTyped] = useState(typedBefore)
  const [shown, setShown] = useState(false)
  const focusOnce = useRef(autoFocus)
  const type = (value: string) => {
    setTyped(value)
    onType?.(value)
  }
  const shared = {
    name,
    disabled,
    placeholder,
    value: typed,
    ref: (element: HTMLElement | null) => {
      if (element && focusOnce.current) element.focus()
      focusOnce.current = false
    },
    autoComplete: 'off',
    autoCapitalize: 'off',
    spellCheck: false,
    'data-1p-ignore': true,
    'data-lpignore': 'true',
  }
  return (
    <Field
      label={label}
      help={help}
      required={required}
      error={error}
      className={className}
      aside={
        onKeep && (
          <Button variant="link" size="sm" aria-label={`Keep the stored value of ${label}`} onClick={onKeep}>
            Keep the stored value
          </Button>
        )
      }
    >
      {(control) => (
        <span className="relative block" data-secret="">
          {multiline ? (
            <textarea
              rows={4}
              {...control}
              {...shared}
              onChange={(event) => type(event.target.value)}
              className={cn('control py-1.5 pr-9 font-mono text-sm', !shown && '[-webkit-text-security:disc]')}
            />
          ) : (
            <input
              type={shown ? 'text' : 'password'}
              {...control}
              {...shared}
              onChange={(event) => type(event.target.value)}
              className="control h-8 pr-9 font-mono text-sm"
            />
          )}
          <span className="absolute top-0.5 right-0.5">
            <IconButton
              size="sm"
              label={shown ? `Hide ${label}` : `Show ${label}`}
              aria-pressed={shown}
              onClick={() => setShown(!shown)}
            >
              {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
            </IconButton>
          </span>
        </span>
      )}
    </Field>
  )
}
