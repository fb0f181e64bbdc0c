import { describe, expect, it } from 'vitest'
import { readForm, typedValues, uploadedFile } from '@/lib/platform/forms/form-data'

const form = () => {
  const data = new FormData()
  data.set('name', 'Acme')
  data.set('password', 'planted-secret')
  data.set('$ACTION_REF_1', '')
  data.set('icon', new File([], ''))
  return data
}

describe('a form on the server', () => {
  it('is read without React’s own fields and without files', () => {
    expect(readForm(form())).toEqual({ name: 'Acme', password: 'planted-secret' })
  })

  it('returns only the named fields to the browser', () => {
    expect(typedValues(form(), ['name', 'missing', 'icon'])).toEqual({ name: 'Acme' })
  })

  it('treats an empty file as missing', () => {
    expect(uploadedFile(form(), 'icon')).toBeNull()
    expect(uploadedFile(form(), 'name')).toBeNull()
  })
})
