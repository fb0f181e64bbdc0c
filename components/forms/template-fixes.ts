import { createContext, useContext } from 'react'

/** What an editor offers for the problems of its templates. The editor of a definition provides it. */
export type TemplateFixes = {
  /** Creates variables with these keys; false where it was refused or called off. */
  createVariables: (keys: string[]) => Promise<boolean>
  /** The name of the field that was refused because of a secret in it. */
  literalSecretIn: string | null
  /**
   * Makes a secret variable for the secret in the text.
   * @param sentAs the name under which the text is sent, of which the variable's key is made
   * @returns the text with the variable in place of the secret; null where it was refused or called off
   */
  extractSecret: (text: string, sentAs: string) => Promise<string | null>
  pending: boolean
}

export const TemplateFixesContext = createContext<TemplateFixes | null>(null)

/** Null: nothing is offered here. */
export function useTemplateFixes(): TemplateFixes | null {
  return useContext(TemplateFixesContext)
}
