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
  it('is read without the fields of React and without files', () => {
    expect(readForm(form())).toEqual({ name: 'Acme', password: 'planted-secret' })
  })

  it('echoes only what is named', () => {
    expect(typedValues(form(), ['name', 'missing', 'icon'])).toEqual({ name: 'Acme' })
  })

  it('an empty file is none', () => {
    expect(uploadedFile(form(), 'icon')).toBeNull()
    expect(uploadedFile(form(), 'name')).toBeNull()
  })
})
