/** The action of an audit row as a label: `create_connector` → “Created connector”. */

const verbs: Record<string, string> = {
  add: 'Added',
  apply: 'Changed',
  authorise: 'Authorised',
  begin: 'Started',
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
  remove: 'Removed',
  reorder: 'Reordered',
  replace: 'Replaced',
  revoke: 'Revoked',
  save: 'Changed',
  set: 'Set',
  stop: 'Stopped',
  try: 'Tried',
  unlock: 'Unlocked',
  update: 'Changed',
  use: 'Used',
  warn: 'Warned',
}

const whole: Record<string, string> = {
  apply_matrix: 'Changed enablement',
  set_enablement: 'Changed enablement',
  set_method_value: 'Changed shared value',
  change_origins: 'Changed addresses',
  confirm_origin: 'Confirmed address',
}

export function actionWords(action: string): string {
  const [verb = '', ...rest] = action.split('_')
  const past = verbs[verb]
  if (whole[action] !== undefined) return whole[action]
  const words = [past ?? verb.charAt(0).toUpperCase() + verb.slice(1), ...rest]
  return words.join(' ')
}
