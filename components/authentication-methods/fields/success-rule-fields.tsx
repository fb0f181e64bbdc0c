'use client'

import { BoundStatuses } from '@/components/authentication-methods/fields/bound-statuses'
import { BoundText } from '@/components/authentication-methods/fields/bound-text'

/** What the response to a request means: accepted, rejected, or neither. */
export function SuccessRuleFields({ field }: { field: string }) {
  const rule = `${field}.successRule`
  return (
    <div role="group" aria-label="What the response means" className="grid gap-3">
      <p className="text-sm font-medium">What the response means</p>
      <div className="grid gap-5 sm:grid-cols-2">
        <BoundStatuses
          name={`${rule}.statuses`}
          label="Expected status"
          help="Default: any from 200 to 299. Separate several with commas."
        />
        <BoundStatuses
          name={`${rule}.rejectedStatuses`}
          label="Rejected status"
          help="401 and 403 always mean rejected; add others here."
        />
        <BoundText
          name={`${rule}.jsonPath`}
          label="JSON path that must exist"
          help="For APIs that return 200 even for wrong credentials, for example $.user.id."
          maxLength={512}
        />
        <div className="grid content-start gap-5 sm:grid-cols-2">
          <BoundText
            name={`${rule}.rejectedPath`}
            label="Treat as rejected if this JSON path exists"
            help="For example $.error.code."
            maxLength={512}
          />
          <BoundText
            name={`${rule}.rejectedValue`}
            label="… and equals"
            help="Leave empty for any value."
            maxLength={512}
          />
        </div>
      </div>
    </div>
  )
}
