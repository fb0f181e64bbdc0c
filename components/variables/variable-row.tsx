'use client'

import { ArrowDown, ArrowUp, Ellipsis, Lock, Pencil, Trash2 } from 'lucide-react'
import { DropdownMenu, type MenuItem } from '@/components/ui/dropdown-menu'
import { IconButton } from '@/components/ui/icon-button'
import { VariableFlags } from '@/components/variables/variable-flags'
import { counted } from '@/lib/domain/counted'
import type { VariableView } from '@/lib/variables/views'

type VariableRowProps = {
  variable: VariableView
  canChange: boolean
  onEdit: () => void
  onRemove: () => void
  onMoveUp?: () => void
  onMoveDown?: () => void
}

export function VariableRow({ variable, canChange, onEdit, onRemove, onMoveUp, onMoveDown }: VariableRowProps) {
  const { displayName, key, locked, helpText, effectiveDefault, instancesWithValue } = variable
  const items: MenuItem[] = [
    { label: 'Edit', icon: Pencil, onSelect: onEdit },
    { label: 'Move up', icon: ArrowUp, onSelect: () => onMoveUp?.(), disabled: !onMoveUp },
    { label: 'Move down', icon: ArrowDown, onSelect: () => onMoveDown?.(), disabled: !onMoveDown },
    ...(locked
      ? []
      : (['separator', { label: 'Remove', icon: Trash2, onSelect: onRemove, danger: true }] satisfies MenuItem[])),
  ]
  return (
    <tr>
      <td className="align-top">
        <div className="flex gap-2">
          <span className="w-4 shrink-0 pt-0.5">
            {locked && <Lock role="img" aria-label="Locked" className="size-3.5 text-muted" />}
          </span>
          <div className="grid min-w-0 gap-0.5">
            <span className="font-medium break-words">{displayName}</span>
            <code className="text-xs break-all text-muted">{key}</code>
            {helpText && <span className="line-clamp-2 text-xs text-muted max-md:hidden">{helpText}</span>}
            <span className="mt-1 md:hidden">
              <VariableFlags variable={variable} />
            </span>
          </div>
        </div>
      </td>
      <td className="align-top max-md:hidden">
        <VariableFlags variable={variable} />
      </td>
      <td className="align-top max-lg:hidden">
        {effectiveDefault === '' ? (
          <span className="text-faint">None</span>
        ) : (
          <code className="line-clamp-2 text-xs break-all">{effectiveDefault}</code>
        )}
      </td>
      <td className="tabular align-top whitespace-nowrap text-muted max-md:hidden">
        {counted(instancesWithValue, 'instance')}
      </td>
      <td className="align-top">
        {canChange && (
          <span className="flex justify-end">
            <IconButton size="sm" label={`Edit ${displayName}`} onClick={onEdit}>
              <Pencil aria-hidden />
            </IconButton>
            {!locked && (
              <IconButton size="sm" label={`Remove ${displayName}`} onClick={onRemove}>
                <Trash2 aria-hidden />
              </IconButton>
            )}
            <DropdownMenu
              trigger={
                <IconButton size="sm" label={`More for ${displayName}`}>
                  <Ellipsis aria-hidden />
                </IconButton>
              }
              items={items}
            />
          </span>
        )}
      </td>
    </tr>
  )
}
