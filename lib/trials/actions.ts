'use server'

import { actionOf } from '@/lib/operations/action'
import { getTrialEndpoint } from './get-trial-endpoint'
import { listTrialInstances } from './list-trial-instances'
import { listTrialMethods } from './list-trial-methods'
import { tryWithInstance } from './try-with-instance'
import { tryWithTypedValues } from './try-with-typed-values'

export const trialInstancesAction = actionOf(listTrialInstances)
export const trialMethodsAction = actionOf(listTrialMethods)
export const trialEndpointAction = actionOf(getTrialEndpoint)
/** A call may change the status of its instance, which the page shows. */
export const tryWithInstanceAction = actionOf(tryWithInstance, { refreshes: 'always' })
export const tryWithTypedValuesAction = actionOf(tryWithTypedValues)
