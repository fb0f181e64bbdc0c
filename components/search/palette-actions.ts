import { KeyRound, Monitor, Moon, Plug, ShieldCheck, Sun, Workflow, type LucideIcon } from 'lucide-react'
import { applyTheme } from '@/components/frame/apply-theme'

/** What the person may do according to their role. */
export type PaletteRights = { canChange: boolean; canRun: boolean }

export type PaletteAction = { id: string; name: string; icon: LucideIcon } & (
  { href: string } | { run: () => void } | { type: string }
)

/** The actions of the palette: each opens an address, runs something, or enters a text to continue with. */
export function paletteActions({ canChange, canRun }: PaletteRights): PaletteAction[] {
  return [
    ...(canChange
      ? [
          { id: 'new-connector', name: 'Add new connector', icon: Plug, href: '/connectors/new' },
          { id: 'new-instance', name: 'Add new instance', icon: KeyRound, href: '/instances/new' },
          { id: 'new-flow', name: 'New flow', icon: Workflow, href: '/flows?open=new-flow' },
        ]
      : []),
    ...(canRun ? [{ id: 'check', name: 'Check an instance…', icon: ShieldCheck, type: checkWord }] : []),
    { id: 'light', name: 'Switch to the light theme', icon: Sun, run: () => applyTheme('light') },
    { id: 'dark', name: 'Switch to the dark theme', icon: Moon, run: () => applyTheme('dark') },
    { id: 'system', name: 'Use the theme of the system', icon: Monitor, run: () => applyTheme('system') },
  ]
}

const checkWord = 'Check '

/** Whether the text is "Check" followed by the name of an instance. */
export function isCheck(text: string): boolean {
  return text.toLowerCase().startsWith(checkWord.toLowerCase())
}

/** The name to search for. */
export function searchedName(text: string): string {
  return (isCheck(text) ? text.slice(checkWord.length) : text).trim()
}
