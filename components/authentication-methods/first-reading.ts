import { describeDraft, type DraftOnPage } from '@/components/authentication-methods/describe-draft'
import { firstDraft, methodDraft } from '@/components/authentication-methods/method-draft'
import { readDraft, type DraftReading } from '@/components/authentication-methods/method-rules'

/**
 * What comes of the draft with which the page of a method begins. Read on the server: the rules are not loaded with the
 * page.
 */
export function firstReadingOf(page: Omit<DraftOnPage, 'draft'> & { testUrl: string | null }): DraftReading {
  const draft = firstDraft(methodDraft(page.setup.method, page.type), page.testUrl)
  const { described, variables } = describeDraft({ ...page, draft })
  return readDraft(described, draft, variables)
}
