import type { MethodDraft } from '@/components/authentication-methods/method-draft'
import { unknownByTab } from '@/components/authentication-methods/method-problems'
import type { TemplateVariable } from '@/components/forms/template-variable'
import { describeRequests, type DescribeInput, type RequestDescription } from '@/lib/domain/preview/describe-requests'

/**
 * How a method works: what the page of a method reads of its draft. The server reads the draft with which the page
 * begins, so that the page loads this only when somebody begins to use it.
 */

export { previewTemplate } from '@/lib/domain/preview/preview-template'

/** What comes of a draft: its requests, and the names on each tab that no variable has. */
export type DraftReading = { requests: RequestDescription[]; unknown: Record<string, string[]> }

export function readDraft(
  described: DescribeInput,
  draft: MethodDraft,
  variables: readonly TemplateVariable[],
): DraftReading {
  return { requests: describeRequests(described), unknown: unknownByTab(described.method, draft, variables) }
}
