'use client'

import { useEffect, useId, useRef, useState } from 'react'
import { describeValue, inWords, same, valueAt, type Merged } from '@/lib/platform/forms/versions'
import { labelIn } from '@/components/forms/field-in-form'
import { Radio } from '@/components/ui/radio'
import { useTimeZone } from '@/components/ui/time-zone'

type VersionChoicesProps = {
  /** Null if the conflict was found before saving. */
  changedBy: { name: string | null; at: string } | null
  merged: Pick<Merged<unknown>, 'conflicts' | 'taken'>
  /** The current draft: the version that is equal to it is marked as chosen. */
  draft: unknown
  onChoose: (path: readonly string[], value: unknown) => void
  /** The label of a field, if the form has no control with its name. */
  labelOf?: (path: readonly string[]) => string | undefined
  /** The text for values that are never shown: "Replaced". */
  textOf?: (path: readonly string[], value: unknown, whose: 'yours' | 'theirs') => string | undefined
}

/**
 * Shown if somebody else saved first: for each field that both changed, the person chooses one of two versions. Takes
 * the focus.
 */
export function VersionChoices({ changedBy, merged, draft, onChoose, labelOf, textOf }: VersionChoicesProps) {
  const section = useRef<HTMLElement>(null)
  const id = useId()
  const { conflicts, taken } = merged
  const labels = useLabels(section, [...conflicts.map(({ path }) => path), ...taken], labelOf)
  useEffect(() => section.current?.focus(), [merged])
  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-labelledby={id}
      className="grid gap-4 rounded-lg bg-warn-subtle px-4 py-3 focus:outline-2 focus:outline-warn"
    >
      <div>
        <h2 id={id} className="font-medium">
          {changedBy?.name ?? 'Someone else'} saved changes while you were editing
        </h2>
        <p className="text-sm text-muted">
          {changedBy && <TimeOfChange at={changedBy.at} />}Nothing that you typed is lost.{' '}
          {conflicts.length > 0
            ? 'Choose a version for each field that you both changed, then save again.'
            : 'You changed different fields: save again to store your changes too.'}
        </p>
      </div>
      {conflicts.map(({ path, yours, theirs }) => {
        const name = path.join('.')
        const isTheirs = same(valueAt(draft, path), theirs)
        const choices = [
          ['Yours', yours, !isTheirs],
          ['Theirs', theirs, isTheirs],
        ] as const
        return (
          <fieldset key={name} className="grid gap-1.5">
            <legend className="mb-1 text-sm font-medium">{labels[name]}</legend>
            {choices.map(([whose, value, checked]) => (
              <label key={whose} className="flex min-h-6 items-start gap-2 text-sm">
                <Radio
                  name={`$${id}-${name}`}
                  className="mt-0.5"
                  checked={checked}
                  onChange={() => onChoose(path, value)}
                />
                <span className="min-w-0">
                  <span className="font-medium">{whose}:</span>{' '}
                  <span className="break-words whitespace-pre-wrap">
                    {textOf?.(path, value, whose === 'Yours' ? 'yours' : 'theirs') ?? describeValue(value)}
                  </span>
                </span>
              </label>
            ))}
          </fieldset>
        )
      })}
      {taken.length > 0 && (
        <p className="text-sm text-muted">
          Also changed, and now shown here: {taken.map((path) => labels[path.join('.')]).join(', ')}.
        </p>
      )}
    </section>
  )
}

/** In the person's time zone. */
function TimeOfChange({ at }: { at: string }) {
  const timeZone = useTimeZone()
  const time = new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone })
  return (
    <>
      On <time dateTime={at}>{time}</time>.{' '}
    </>
  )
}

/** The labels of the form's fields. */
function useLabels(
  section: React.RefObject<HTMLElement | null>,
  paths: (readonly string[])[],
  labelOf: VersionChoicesProps['labelOf'],
) {
  const [found, setFound] = useState<Record<string, string>>({})
  const names = paths.map((path) => path.join('.')).join('\n')
  useEffect(() => {
    const form = section.current?.closest('form, [data-form]')
    const labels = form ? names.split('\n').map((name) => [name, labelIn(form, name) ?? '']) : []
    queueMicrotask(() => setFound(Object.fromEntries(labels) as Record<string, string>))
  }, [section, names])
  return Object.fromEntries(
    paths.map((path) => [path.join('.'), labelOf?.(path) || found[path.join('.')] || inWords(path.at(-1) ?? '')]),
  )
}
