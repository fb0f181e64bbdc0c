/** The action of an audit row as a label: `create_connector` → “Created connector”. */

const verbs: Record<string, string> = {
  accept: 'Accepted',
  add: 'Added',
  apply: 'Changed',
  authorise: 'Authorised',
  begin: 'Started',
  cancel: 'Cancelled',
  change: 'Changed',
  clone: 'Cloned',
  confirm: 'Confirmed',
  create: 'Created',
  delete: 'Deleted',
  disable: 'Disabled',
  discard: 'Discarded',
  duplicate: 'Duplicated',
  enable: 'Enabled',
  end: 'Ended',
  import: 'Imported',
  install: 'Installed',
  invite: 'Invited',
  join: 'Joined',
  link: 'Linked',
  remove: 'Removed',
  renew: 'Renewed',
  reorder: 'Reordered',
  replace: 'Replaced',
  reset: 'Reset',
  revoke: 'Revoked',
  save: 'Changed',
  send: 'Sent',
  set: 'Set',
  split: 'Split',
  stop: 'Stopped',
  try: 'Tried',
  unlock: 'Unlocked',
  update: 'Changed',
  use: 'Used',
  warn: 'Warned',
  withdraw: 'Withdrew',
}

const whole: Record<string, string> = {
  apply_connector_document: 'Changed by a document',
  apply_matrix: 'Changed enablement',
  set_enablement: 'Changed enablement',
  set_method_value: 'Changed shared value',
  change_origins: 'Changed addresses',
  confirm_origin: 'Confirmed address',
  take_over_api_key: 'Took over API key',
  create_api_key: 'Created API key',
  save_api_key: 'Changed API key',
  revoke_api_key: 'Revoked API key',
}

export function actionWords(action: string): string {
  const [verb = '', ...rest] = action.split('_')
  const past = verbs[verb]
  if (whole[action] !== undefined) return whole[action]
  const words = [past ?? verb.charAt(0).toUpperCase() + verb.slice(1), ...rest]
  return words.join(' ')
}
