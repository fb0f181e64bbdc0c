'use client'

import { useState } from 'react'
import { applyTheme, shownTheme } from '@/components/frame/apply-theme'
import { themes, type Theme } from '@/lib/platform/session/theme-cookie'

const labels: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' }

/**
 * Must only be rendered in the browser, because the server does not know what was chosen in the palette in the
 * meantime.
 */
export function ThemeChoice() {
  const [chosen, setChosen] = useState(shownTheme)
  const choose = (next: Theme) => {
    setChosen(next)
    applyTheme(next)
  }
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 text-xs text-muted">Appearance</legend>
      <div className="grid grid-cols-3 gap-0.5 rounded-md bg-subtle p-0.5">
        {themes.map((each) => (
          <label
            key={each}
            className="grid h-7 cursor-pointer place-items-center rounded-sm px-1 text-xs whitespace-nowrap text-muted hover:text-foreground has-[:checked]:bg-surface has-[:checked]:text-foreground has-[:checked]:shadow-sm has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent"
          >
            <input
              type="radio"
              name="theme"
              value={each}
              checked={chosen === each}
              onChange={() => choose(each)}
              className="sr-only"
            />
            {labels[each]}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
