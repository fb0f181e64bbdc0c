/** A variable that a template may name, as the editor offers it. */
export type TemplateVariable = {
  key: string
  label?: string
  secret?: boolean
  /** Where it comes from: "Connector", "Filled at run time". */ origin?: string
}
