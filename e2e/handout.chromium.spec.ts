import { axeComplaints } from './axe'
import { expect, test } from './fixtures'
import { textsThatMeet } from './text-boxes'

const CHAPTERS = 10

test('the handout: the end of every chapter, a page of paper for each, and nothing else', async ({ page }) => {
  await page.goto('./#/handout')
  const chapters = page.getByRole('region', { name: /^Chapter / })
  await expect(chapters).toHaveCount(CHAPTERS)
  // Verdicts of the Proof stand on it: they are computed first.
  await expect(page.getByText('…', { exact: true })).toHaveCount(0)
  expect(await axeComplaints(page)).toEqual([])
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('banner')).toBeHidden()
  expect(await textsThatMeet(page)).toEqual([])
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(CHAPTERS)
})
