/** A variable that a template may use, as the editor offers it. */
export type TemplateVariable = {
  key: string
  label?: string
  secret?: boolean
  /** Where it comes from: "Connector", "Filled at run time". */ origin?: string
}
