/**
 * Everything that opens over a page, in one part that is loaded when a person begins to use the page: what opens them
 * (`Dialog`, `Sheet`, `Popover`, `DropdownMenu`, `Combobox`) is small, and the first load has no more.
 */
export { ComboboxPanel } from './combobox-panel'
export { DialogPanel } from './dialog-panel'
export { MenuPanel } from './menu-panel'
export { PopoverPanel } from './popover-panel'
export { SheetPanel } from './sheet-panel'
export { Tooltips } from './tooltips'
