/**
 * All overlays in one part, which is loaded when a person begins to use the page. The first load has only the small
 * components that open them (`Dialog`, `Sheet`, `Popover`, `DropdownMenu`, `Combobox`).
 */
export { ComboboxPanel } from './combobox-panel'
export { DialogPanel } from './dialog-panel'
export { MenuPanel } from './menu-panel'
export { PopoverPanel } from './popover-panel'
export { SheetPanel } from './sheet-panel'
export { Tooltips } from './tooltips'
