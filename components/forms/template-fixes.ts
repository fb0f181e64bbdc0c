import { createContext, useContext } from 'react'

/** How the problems of templates can be fixed. The editor of a definition provides it. */
export type TemplateFixes = {
  /** Creates variables with these keys; false if it was refused or cancelled. */
  createVariables: (keys: string[]) => Promise<boolean>
  /** The name of the field that was refused because of a secret in it. */
  literalSecretIn: string | null
  /**
   * Creates a secret variable for the secret in the text.
   * @param sentAs the name under which the text is sent, from which the variable's key is derived
   * @returns the text with the variable in place of the secret; null if it was refused or cancelled
   */
  extractSecret: (text: string, sentAs: string) => Promise<string | null>
  pending: boolean
}

export const TemplateFixesContext = createContext<TemplateFixes | null>(null)

/** Null if no fixes are offered here. */
export function useTemplateFixes(): TemplateFixes | null {
  return useContext(TemplateFixesContext)
}
