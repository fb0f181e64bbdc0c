'use server'

import { actionOf } from '@/lib/operations/action'
import { saveConnectorParameters } from './save-connector-parameters'

export const saveConnectorParametersAction = actionOf(saveConnectorParameters, { refreshes: 'on_success' })
