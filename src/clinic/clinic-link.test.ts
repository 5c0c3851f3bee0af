import { expect, test } from 'vitest'
import { CLINIC_DEFAULTS, clinicLink, LONGEST_IN_LINK, parseClinicLink, type ClinicLink } from './clinic-link'
import { readPaste } from './read-paste'

const there = (state: ClinicLink) => parseClinicLink(clinicLink(state, readPaste(state.text)).link)

test('a link carries text, entry, what was chosen and the access', () => {
  const state: ClinicLink = {
    text: 'PGD 1 P4D 1 PUD 2\nPTE 8000000062345165 & = ? # %',
    entry: 1,
    choices: {
      machine: 'xen',
      linux: 'rc0',
      vma: { rights: 'rw', shared: true, backing: 'shm' },
      level: 'PMD',
    },
    access: 'exec',
  }
  expect(there(state)).toEqual({ link: state, messages: [] })
  const none: ClinicLink = { ...state, choices: { ...state.choices, vma: 'none' } }
  expect(there(none)).toEqual({ link: none, messages: [] })
})

test('of a long text only the entry that is looked at', () => {
  const text = `${'a line of a log\n'.repeat(200)}PMD 7a1c5067 PTE 8000000062345165`
  expect(text.length).toBeGreaterThan(LONGEST_IN_LINK)
  const { link, whole } = clinicLink({ ...CLINIC_DEFAULTS, text, entry: 1 }, readPaste(text))
  expect(whole).toBe(false)
  expect(parseClinicLink(link)?.link).toEqual({ ...CLINIC_DEFAULTS, text: 'PTE 8000000062345165' })
})

test('rubbish takes its defaults, and each piece of it is told', () => {
  expect(parseClinicLink('#/clinic')).toBeNull()
  const { link, messages } = parseClinicLink('#/clinic?t=%E0%A4%A&i=x&m=arm&k=5&g=q&l=PTX&a=jump&zz')!
  expect(link).toEqual(CLINIC_DEFAULTS)
  const said = messages.join('\n')
  for (const piece of [
    't=%E0',
    'zz',
    'an entry “x”',
    'a machine “arm”',
    'a Linux “5”',
    'a mapping “q”',
    'a level “PTX”',
  ])
    expect(said).toContain(piece)
  expect(said).toContain('an access “jump” that this version does not know. Showing “write” instead.')
  expect(clinicLink(CLINIC_DEFAULTS, readPaste('')).link).toBe('#/clinic')
})

test('a link says its version; one of another version opens as far as it is understood', () => {
  expect(clinicLink({ ...CLINIC_DEFAULTS, text: '165' }, readPaste('165')).link).toBe('#/clinic?v=1&t=165')
  expect(parseClinicLink('#/clinic?t=165')).toEqual({ link: { ...CLINIC_DEFAULTS, text: '165' }, messages: [] })
  const { link, messages } = parseClinicLink('#/clinic?v=2&t=165')!
  expect(link.text).toBe('165')
  expect(messages).toEqual([expect.stringContaining('another version')])
})
