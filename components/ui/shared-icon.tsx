'use client'

import { CircleCheck, CircleDashed, CircleX, Copy, Info, Plus, Settings, TriangleAlert } from 'lucide-react'

/** The icons that lists repeat in every row. */
const shapes = {
  'circle-check': CircleCheck,
  'circle-dashed': CircleDashed,
  'circle-x': CircleX,
  copy: Copy,
  info: Info,
  plus: Plus,
  settings: Settings,
  'triangle-alert': TriangleAlert,
}

export type SharedIconName = keyof typeof shapes

const idOf = (name: string) => `icon-${name}`

/** The shapes of the shared icons, once per page. They take no space. */
export function SharedIconShapes() {
  return (
    <svg aria-hidden className="absolute size-0">
      {Object.entries(shapes).map(([name, Shape]) => (
        <Shape key={name} id={idOf(name)} />
      ))}
    </svg>
  )
}

/**
 * An icon that refers to its shape. A list with hundreds of rows is half as long with it, and the browser displays it
 * sooner.
 */
export function SharedIcon({ name, className }: { name: SharedIconName; className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 24 24" className={className}>
      <use href={`#${idOf(name)}`} />
    </svg>
  )
}
