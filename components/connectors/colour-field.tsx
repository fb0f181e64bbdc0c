'use client'

import { useFormContext } from '@/components/forms/form-context'

const colours = {
  '#4f46e5': 'Indigo',
  '#2563eb': 'Blue',
  '#0e7490': 'Cyan',
  '#047857': 'Green',
  '#4d7c0f': 'Olive',
  '#b45309': 'Amber',
  '#c2410c': 'Orange',
  '#be123c': 'Red',
  '#a21caf': 'Magenta',
  '#475569': 'Slate',
}

/** The colour behind the first letter if there is no icon. White letters are legible on all of them. */
export function ColourField({ colour }: { colour: string | null }) {
  const form = useFormContext()
  const start = form.values.colour ?? colour ?? ''
  const choices = [
    ['', 'None'],
    ...Object.entries(colours),
    ...(start !== '' && !Object.hasOwn(colours, start) ? [[start, start]] : []),
  ] as [string, string][]
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">Colour</legend>
      <div className="flex flex-wrap gap-2">
        {choices.map(([value, label]) => (
          <label
            key={value}
            title={label}
            className="relative grid size-8 place-items-center rounded-md border has-checked:outline-2 has-checked:outline-offset-1 has-checked:outline-accent has-focus-visible:outline-2"
            style={{ backgroundColor: value || undefined }}
          >
            <input
              type="radio"
              name="colour"
              value={value}
              defaultChecked={value === start}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            {value === '' && (
              <span aria-hidden className="text-xs text-muted">
                –
              </span>
            )}
            <span className="sr-only">{label}</span>
          </label>
        ))}
      </div>
      {form.errors.colour && <p className="mt-1.5 text-sm text-bad">{form.errors.colour}</p>}
    </fieldset>
  )
}
