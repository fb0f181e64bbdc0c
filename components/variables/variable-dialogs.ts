/** What opens to add, change or remove a variable: loaded when a person begins to use the page. */
export { RemoveVariableDialog } from './remove-variable-dialog'
export { VariableDialog } from './variable-dialog'
