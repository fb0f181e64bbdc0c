import type { CellKey, CellState } from '@/components/enablement/matrix-model'
import type { CellProps } from '@/components/enablement/use-cell-focus'
import type { MatrixMethod } from '@/lib/enablement/views'

/** What all rows of the matrix need. */
export type MatrixView = {
  connectorId: string
  methods: MatrixMethod[]
  stateOf: (keys: CellKey[]) => CellState
  isOn: (key: CellKey) => boolean
  isStaged: (key: CellKey) => boolean
  toggle: (keys: CellKey[], enabled: boolean) => void
  canChange: boolean
  isSelected: (row: number, column: number) => boolean
  cellProps: CellProps
}
